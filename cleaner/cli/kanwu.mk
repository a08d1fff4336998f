# For a Makefile of yours:
#
#     KANWU_IN = documents
#     include $(shell kanwu makefile)
#
# Targets: kanwu-clean (when an input or the configuration changed), kanwu-check, kanwu-settings, kanwu-purge.
# make ends with 2 whatever a recipe ended with: where 1 (findings) and 2 (broken) differ, call `kanwu check` itself.

KANWU ?= kanwu
KANWU_IN ?= documents
KANWU_OUT ?= out
KANWU_FLAGS ?=
KANWU_FAIL_ON ?= error

# The stamp stands beside OUT and is made when a run ends well, so that a failed run is never up to date.
kanwu_stamp = $(patsubst %/,%,$(KANWU_OUT)).kanwu
kanwu_settings = $(wildcard kanwu.toml pyproject.toml)
kanwu_newer = $(shell test -e "$(kanwu_stamp)" && find "$(KANWU_IN)" $(kanwu_settings) -newer "$(kanwu_stamp)" -print)

.PHONY: kanwu-clean kanwu-check kanwu-settings kanwu-purge kanwu-changed

kanwu-clean: $(kanwu_stamp)

$(kanwu_stamp): $(if $(kanwu_newer),kanwu-changed) $(if $(wildcard $(KANWU_OUT)/run.json),,kanwu-changed)
	$(KANWU) run "$(KANWU_IN)" -o "$(KANWU_OUT)" $(KANWU_FLAGS)
	@touch "$@"

kanwu-changed:

kanwu-check:
	$(KANWU) check "$(KANWU_IN)" --fail-on $(KANWU_FAIL_ON) $(KANWU_FLAGS)

kanwu-settings:
	@$(KANWU) config "$(KANWU_IN)" -o "$(KANWU_OUT)" $(KANWU_FLAGS)

kanwu-purge:
	@if [ -f "$(KANWU_OUT)/run.json" ]; then rm -rf "$(KANWU_OUT)"; fi
	@rm -f "$(kanwu_stamp)"

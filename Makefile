# What other projects call `clean` is `make purge` here: `make clean` cleans documents.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:

SEEDS ?= seeds
OUT ?= out
VENV ?= .venv
PACKS ?=
KANWU_SHARED ?= ../shared
export KANWU_SHARED

BIN = $(VENV)/bin
KANWU = $(BIN)/kanwu
RUN = $(BIN)/python -m

.PHONY: help clean validate test test-all check lint types layers rules bench bench-restore docs format wheel purge

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

# --- the environment: made once, again only when the pins or the project's head change ---

$(VENV)/.kanwu: pyproject.toml constraints.txt tools/environment.sh
	@sh tools/environment.sh "$(VENV)" '.[fast]'
	@touch $@

$(VENV)/.kanwu-dev: $(VENV)/.kanwu
	@sh tools/environment.sh "$(VENV)" '.[dev]'
	@touch $@

$(VENV)/.kanwu-all: $(VENV)/.kanwu-dev
	@sh tools/environment.sh "$(VENV)" '.[dev,spark]'
	@touch $@

# --- what users do ---

clean: $(VENV)/.kanwu ## restore SEEDS into OUT, extract their figures, check that they agree, report
	@$(KANWU) run "$(SEEDS)" -o "$(OUT)"

validate: $(VENV)/.kanwu ## judge SEEDS; fails on findings of severity error (what a CI job lets fail)
	@$(KANWU) check "$(SEEDS)" --fail-on error

# --- what builders do ---

test: $(VENV)/.kanwu-dev ## the tests, but the slow ones
	@$(RUN) pytest -m 'not slow' -n 2

test-all: $(VENV)/.kanwu-all ## all tests, those on Spark among them
	@$(RUN) pytest -n 2

check: lint types layers rules test ## all that CI asks

lint: $(VENV)/.kanwu-dev ## ruff, and its formatting
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

types: $(VENV)/.kanwu-dev ## mypy, strict
	@$(RUN) mypy

layers: $(VENV)/.kanwu-dev ## which part may import which
	@$(BIN)/lint-imports

rules: $(VENV)/.kanwu-dev ## every example of every rule; the lint of the rule set
	@$(KANWU) rules test
	@$(KANWU) rules lint

$(VENV)/.kanwu-bench: $(VENV)/.kanwu-dev
	@sh tools/environment.sh "$(VENV)" '.[bench]'
	@touch $@

bench: $(VENV)/.kanwu-bench ## throughput beside peers, to docs/performance.md; some minutes
	@$(RUN) benchmarks.speed.run --write

bench-restore: $(VENV)/.kanwu-dev ## restoration of planted damage against its floors, to bench-restore.json; ARGS=--short for a short form
	@$(RUN) benchmarks.restoration.run --out bench-restore.json $(ARGS)

$(VENV)/.kanwu-docs: $(VENV)/.kanwu
	@sh tools/environment.sh "$(VENV)" '.[docs]'
	@touch $@

docs: $(VENV)/.kanwu-docs ## the site, in site/: guide and reference; needs no network. PACKS=DIR adds packs of your own
	@KANWU_PACKS="$(PACKS)" $(RUN) mkdocs build --strict
	@echo "site/index.html"

format: $(VENV)/.kanwu-dev ## ruff's formatting, applied
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

wheel: $(VENV)/.kanwu-dev ## the wheel, in dist/
	@$(RUN) build --wheel --no-isolation

purge: ## remove the environment, results and caches: what other projects call clean
	@rm -rf "$(VENV)" .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build site
	@if [ -f "$(OUT)/run.json" ]; then rm -rf "$(OUT)"; fi
	@find cleaner tests -name __pycache__ -type d -prune -exec rm -rf {} +

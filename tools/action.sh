#!/usr/bin/env bash
# The step of action.yml: `kanwu check` with what stands in KANWU_*; annotations on stdout, the summary, SARIF.
set -uo pipefail

paths=()
while IFS= read -r line; do
    if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"$KANWU_PATHS"
if [ "${#paths[@]}" -eq 0 ]; then
    echo "::error title=kanwu::no paths; name files or folders, one a line"
    exit 2
fi

summary=$RUNNER_TEMP/kanwu-summary.md
rm -f "$summary"
options=(--quiet --report github --report "markdown=$summary" --report "sarif=$KANWU_SARIF")
if [ -n "$KANWU_FAIL_ON" ]; then options+=(--fail-on "$KANWU_FAIL_ON"); fi
if [ -n "$KANWU_BASELINE" ]; then options+=(--baseline "$KANWU_BASELINE"); fi
if [ -n "$KANWU_DIFF_FROM" ]; then options+=(--diff-from "$KANWU_DIFF_FROM"); fi

code=0
kanwu check "${options[@]}" -- "${paths[@]}" || code=$?
if [ -f "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"

#!/usr/bin/env bash
# Checks, and writes annotations, the summary of the job and SARIF in one run. Inputs come as variables:
#
#   ROLECALL           the program
#   ROLECALL_PATHS     what to check, one path a line
#   ROLECALL_ARGS      further flags of check, one a line
#   ROLECALL_SARIF, ROLECALL_PROFILE, ROLECALL_FAIL_ON, ROLECALL_CONFIG, ROLECALL_CATEGORY
#
# Writes exit-code=, findings= and sarif-file= to $GITHUB_OUTPUT. Exits with 0 whatever is found, so that the steps that
# follow run; with 2 if an input is wrong. It keeps to bash 3.2, the one of macOS.
set -euo pipefail

out=$(mktemp -d "${RUNNER_TEMP:?}/rolecall.XXXXXX")
sarif=${ROLECALL_SARIF:-rolecall.sarif}
case $sarif in
  *$'\n'* | *$'\r'*)
    echo "rolecall action: sarif-file takes one line" >&2
    exit 2
    ;;
esac
rm -f -- "$sarif" # that of an earlier run is not to be uploaded again

# lines VALUE: makes items of the lines that are not empty.
lines() {
  local line
  items=()
  while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || items+=("$line")
  done <<<"$1"
}

arguments=(check --format=github)
# flag NAME VALUE: hands the flag on if the input has a value.
flag() {
  [ -z "$2" ] || arguments+=("$1=$2")
}
flag --profile "${ROLECALL_PROFILE-}"
flag --fail-on "${ROLECALL_FAIL_ON-}"
flag --config "${ROLECALL_CONFIG-}"
flag --category "${ROLECALL_CATEGORY-}"
arguments+=("--write=sarif=$sarif" "--write=markdown=$out/summary.md" "--write=github-output=$out/outputs")
lines "${ROLECALL_ARGS-}"
arguments+=(${items[@]+"${items[@]}"} --)
lines "${ROLECALL_PATHS-}"
arguments+=(${items[@]+"${items[@]}"})

# On Windows, bash is not to take texts for paths.
code=0
MSYS_NO_PATHCONV=1 "${ROLECALL:?}" "${arguments[@]}" || code=$?

[ ! -f "$out/summary.md" ] || cat "$out/summary.md" >>"${GITHUB_STEP_SUMMARY:?}"
[ ! -f "$out/outputs" ] || cat "$out/outputs" >>"${GITHUB_OUTPUT:?}"
[ ! -f "$sarif" ] || echo "sarif-file=$sarif" >>"${GITHUB_OUTPUT:?}"
echo "exit-code=$code" >>"${GITHUB_OUTPUT:?}"

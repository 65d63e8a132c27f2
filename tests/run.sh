#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test. The last line is `N passed, N failed`; a skipped
# test, and a test project that gives no result, crashes or hangs, count as failed. Needs the .NET 10 SDK and, where
# something is still to be installed, root or sudo.
set -euo pipefail

usage() {
  echo "usage: tests/run.sh [--long]
  --long   full counts instead of the small ones (sets EXPERIMENTS_TESTS_LONG=1)"
}

project_limit=20m # for one test project
test_limit=10m    # without a test ending
filter=(--filter 'Runs!=Long') # what takes minutes, such as bad input in every form of every page
if [ "$#" -gt 1 ]; then
  usage >&2
  exit 2
fi
case ${1-} in
  '') ;;
  --long)
    export EXPERIMENTS_TESTS_LONG=1
    project_limit=4h
    test_limit=1h
    filter=()
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
export SNAPSHOOTER_STRICT_MODE=on # a snapshot that is missing fails its test instead of being written

# --- Steps and the last line ---------------------------------------------------------------------------------------

passed=0
failed=0
problems=()
step=
step_start=0

begin() {
  end_step
  step=$1
  step_start=$SECONDS
  echo
  echo "=== $step"
}

end_step() {
  [ -z "$step" ] || echo "--- $step: $((SECONDS - step_start)) s"
  step=
}

problem() { problems+=("$1"); }

# However the script ends, what went wrong is repeated and the last line comes last.
finish() {
  local status=$?
  trap - EXIT
  if [ "$status" -ne 0 ]; then
    problem "step '${step:-start}' ended with exit code $status: see above"
    failed=$((failed + 1))
  elif [ "$((passed + failed))" -eq 0 ]; then
    problem "no test was run"
    failed=1
  fi
  end_step
  echo
  if [ "${#problems[@]}" -gt 0 ]; then printf '%s\n' "${problems[@]}"; fi
  echo "total: $SECONDS s"
  echo "$passed passed, $failed failed"
  if [ "$status" -eq 0 ] && [ "$failed" -ne 0 ]; then status=1; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
exec 2>&1 </dev/null # one stream, so that nothing from the other can come after the last line

# --- Test results --------------------------------------------------------------------------------------------------

# Value of a counter in a trx file; 0 when it is not there.
counter() {
  local text
  text=$(grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | head -n 1 | tr -dc 0-9) || true
  echo "${text:-0}"
}

# Names of the tests with an outcome in a trx file.
names() { grep -o '<UnitTestResult [^>]*' "$1" | grep " outcome=\"$2\"" | sed 's/.* testName="\([^"]*\)".*/\1/' | cut -c 1-300 || true; }

# Adds the counts of a test project. $1: its name, $2: its trx file, $3: exit code of `dotnet test`.
add_results() {
  local name=$1 trx=$2 status=$3 total=0 good=0 bad=0 test
  if [ -s "$trx" ]; then
    total=$(counter "$trx" total)
    good=$(counter "$trx" passed)
    bad=$((total - good)) # failed, timed out, aborted or skipped
    while read -r test; do problem "failed: $test"; done < <(names "$trx" Failed)
    while read -r test; do problem "skipped: $test"; done < <(names "$trx" NotExecuted)
  fi
  if [ "$total" -eq 0 ]; then
    problem "$name: no result"
    bad=$((bad + 1))
  elif [ "$status" -ne 0 ] && { [ "$bad" -eq 0 ] || grep -q '<ResultSummary outcome="\(Aborted\|Error\)"' "$trx"; }; then
    problem "$name: crashed or hung (exit code $status): see above"
    bad=$((bad + 1))
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  echo "$name: $good passed, $bad failed"
}

run_project() {
  local project=$1 name results status=0
  name=$(basename "$project" .csproj)
  results=$root/artifacts/test-results/$name
  begin "$name"
  timeout --kill-after=30s "$project_limit" dotnet test "$project" -c Release --no-build "${filter[@]}" \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang --blame-hang-timeout "$test_limit" --blame-hang-dump-type none || status=$?
  add_results "$name" "$results/$name.trx" "$status"
}

# --- The run -------------------------------------------------------------------------------------------------------

begin "install"
if ! command -v dotnet >/dev/null; then
  echo "dotnet is not there: install the .NET 10 SDK"
  exit 1
fi
EXPERIMENTS_MOTO=$(tests/install.sh | tail -n 1)
export EXPERIMENTS_MOTO
echo "S3 server: $EXPERIMENTS_MOTO"

begin "restore"
dotnet restore Experiments.sln

begin "build"
dotnet build Experiments.sln -c Release --no-restore

begin "publish Experiments.Decide (Native AOT)"
# No restore of its own: that one would be for this runtime only, which the lock files of a CI run do not allow.
dotnet publish server/Experiments.Decide/Experiments.Decide.csproj -c Release -r linux-x64 --no-restore -o artifacts/decide
export EXPERIMENTS_DECIDE_BINARY=$root/artifacts/decide/Experiments.Decide
[ -x "$EXPERIMENTS_DECIDE_BINARY" ] # else the step fails here

rm -rf artifacts/test-results
for project in tests/*.Tests/*.csproj; do
  run_project "$project"
done

#!/usr/bin/env bash
# Every benchmark of this repository in one run, and the summary that is generated from it: see benchmarks/README.md.
#
# usage: benchmarks/run.sh [--quick] [--bdn] [--only STEP]...
#   --quick      few and short slices: shows that everything runs; the figures mean nothing, and go to artifacts/benchmarks/
#   --bdn        the BenchmarkDotNet suite too (about half an hour); its reports are kept under benchmarks/results/bdn/results/
#   --only STEP  only this step and the summary, the figures of the others stay as they are: bars, node, start, load, gateway, control,
#                dashboard, postgres or bdn; may be repeated
# Writes to benchmarks/results/: bars.json, node.json, start.json, load.json, decide-load.md, control.json,
# dashboard.json, postgres.json, gateway-load.md and .json, summary.md. Needs two
# cores. Use a quiet machine: ratios bear other work, servers and threads bear less of it. Needs the .NET SDK, Node 20 with npm, curl,
# and root or sudo where wrk, clang, Chromium or the S3 server is still to be installed.
set -euo pipefail

quick=
steps=()
only=()
bdn=
while [ "$#" -gt 0 ]; do
  case $1 in
    --quick) quick=1 ;;
    --bdn) bdn=1 ;;
    --only) only+=("$2"); shift ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift
done
steps=(bars node start load gateway control dashboard postgres ${bdn:+bdn})
[ "${#only[@]}" -eq 0 ] || steps=("${only[@]}")

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
benchmarks=$root/benchmarks
results=$benchmarks/results
[ -z "$quick" ] || results=$root/artifacts/benchmarks
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
mkdir -p "$results"

dotnet build "$benchmarks/Experiments.Benchmarks" -c Release -v q
run() { dotnet "$benchmarks/Experiments.Benchmarks/bin/Release/net10.0/Experiments.Benchmarks.dll" "$@"; }

# $1: name of a step.
step() {
  case $1 in
    bars) run bars ${quick:+--quick} --out "$results/bars.json" ;;
    node)
      (cd "$benchmarks/node" && npm ci --no-audit --no-fund --silent && node peers.mjs ${quick:+--slices 3} --out "$results/node.json")
      ;;
    start) "$benchmarks/start.sh" ${quick:+--rounds 1} --results "$results" ;;
    # Both servers run on the same runtime, so that the ratio is that of the code: the Release build of each.
    load) "$benchmarks/load/decide.sh" ${quick:+--rounds 1 --seconds 1 --warm-up 1} --results "$results" ;;
    gateway) "$benchmarks/load/gateway.sh" ${quick:+--rounds 1 --seconds 1 --warm-up 1} --results "$results" ;;
    control)
      dotnet build "$root/server/Experiments.Server" -c Release -v q
      run control ${quick:+--quick} --server "$root/server/Experiments.Server/bin/Release/net10.0/Experiments.Server.dll" --out "$results/control.json"
      ;;
    dashboard)
      dotnet build "$root/server/Experiments.Server" -c Release -v q
      dotnet build "$benchmarks/Experiments.Benchmarks.Browser" -c Release -v q
      dotnet "$benchmarks/Experiments.Benchmarks.Browser/bin/Release/net10.0/Experiments.Benchmarks.Browser.dll" ${quick:+--quick} \
        --server "$root/server/Experiments.Server/bin/Release/net10.0/Experiments.Server.dll" --out "$results/dashboard.json"
      ;;
    postgres) "$benchmarks/postgres.sh" ${quick:+--quick} --results "$results" ;;
    bdn) run bdn ${quick:+--job dry} --artifacts "$results/bdn" ;;
    *) echo "no step '$1'" >&2; exit 2 ;;
  esac
}

for name in "${steps[@]}"; do
  echo
  echo "=== $name"
  start=$SECONDS
  step "$name"
  echo "--- $name: $((SECONDS - start)) s"
done
run summary --results "$results"

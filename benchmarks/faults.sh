#!/usr/bin/env bash
# What the product does when a part of it fails: measured with the real servers, and written down as a table. See benchmarks/README.md.
#
# usage: benchmarks/faults.sh [--quick] matrix|chaos|soak...
#   matrix   each part (S3, PostgreSQL, control, decide) with each fault for a minute, under load: 25 minutes -> faults.md, faults.json
#   chaos    two control servers killed at random under 10,000 mutations: 13 minutes -> chaos.md, chaos.json
#   soak     20 minutes of decisions at half of the saturation rate, with a publish every 10 s -> soak.md, soak.json
#   --quick  a few seconds of each: shows that everything runs; the figures mean nothing, and go to artifacts/faults/
# Each is a test (tests/Experiments.EndToEnd.Tests/Faults/) that fails when a decision fails or is wrong or something is lost; tables are written by
# what passes. Needs what tests/run.sh needs, and the right to mount (root) for full disks.
set -euo pipefail

usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export EXPERIMENTS_TESTS_LONG=1 EXPERIMENTS_RESULTS=$root/benchmarks/results
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
tests=()
for argument in "$@"; do
  case $argument in
    --quick) export EXPERIMENTS_TESTS_LONG=0 EXPERIMENTS_RESULTS=$root/artifacts/faults ;;
    matrix) tests+=(FaultMatrixTests) ;;
    chaos) tests+=(ChaosTests) ;;
    soak) tests+=(SoakTests) ;;
    *) usage ;;
  esac
done
[ "${#tests[@]}" -gt 0 ] || usage

EXPERIMENTS_MOTO=$("$root/tests/install.sh" | tail -n 1)
export EXPERIMENTS_MOTO
dotnet build "$root/tests/Experiments.EndToEnd.Tests" -c Release -v q
for name in "${tests[@]}"; do
  dotnet test "$root/tests/Experiments.EndToEnd.Tests" -c Release --no-build --filter "FullyQualifiedName~Faults.$name" --logger 'console;verbosity=normal'
done

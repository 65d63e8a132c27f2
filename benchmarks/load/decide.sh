#!/usr/bin/env bash
# Requests per second of /decide beside bare Kestrel answering the very same bytes, on this machine.
#
# For 1, 10 and 100 experiments, each with two conditions that hold: the decide server and the bare one run pinned to one core, and
# wrk loads them from another, one after the other and again, so that a slow moment of the machine hits both. Figures are medians over
# the rounds and ratios are of these; the requests/s of one run compare with nothing outside that run. "core" is how much of its core the
# server used: well below 1, the client or other work was the limit, and the ratio of processor time is the one that counts. All traffic
# is on 127.0.0.1.
#
# usage: benchmarks/load/decide.sh [--rounds N] [--seconds N] [--warm-up N] [--native PATH] [--results DIR]
#   --rounds N     rounds of alternation for each size (default 7)
#   --seconds N    seconds of load for each server and round (default 4)
#   --warm-up N    seconds of load before, for each server and size (default 10)
#   --native PATH  measure this Native AOT binary of Experiments.Decide instead of the Release build; bare Kestrel stays as it is
#   --results DIR  where to write (default benchmarks/results)
# Writes decide-load.md and load.json (for the summary). Needs two cores, the .NET SDK, and root or sudo where wrk is still to be installed.
set -euo pipefail

rounds=7
seconds=4
warm_up=10
native=
results=
while [ "$#" -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --warm-up) warm_up=$2 ;;
    --native) native=$2 ;;
    --results) results=$2 ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

decide_port=3902
bare_port=3903
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
results=${results:-$root/benchmarks/results}
result=$results/decide-load.md
result_json=$results/load.json
work=$(mktemp -d)
bare=
decide=
trap 'kill $decide $bare 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

dotnet build "$root/server/Experiments.Decide" -c Release -v q
dotnet build "$root/benchmarks/Experiments.BareKestrel" -c Release -v q
framework=net10.0
bare_dll=$root/benchmarks/Experiments.BareKestrel/bin/Release/$framework/Experiments.BareKestrel.dll
if [ -n "$native" ]; then
  decide_command=("$native")
else
  decide_command=(dotnet "$root/server/Experiments.Decide/bin/Release/$framework/Experiments.Decide.dll")
fi

# shellcheck source=common.sh
. "$root/benchmarks/load/common.sh"

taskset -c "$server_core" "${decide_command[@]}" --urls "http://127.0.0.1:$decide_port" --contentRoot "$work" \
  --Experiments:Snapshots:Directory="$work/store" >"$work/decide.log" 2>&1 &
decide=$!
wait_for "http://127.0.0.1:$decide_port/health"

query='user_key=user-123&context=%7B%22country%22%3A%22US%22%2C%22plan%22%3A%22pro%22%7D'
{
  echo "# /decide beside bare Kestrel"
  echo
  echo "Written by \`benchmarks/load/decide.sh\`: \`wrk -t1 -c64\` on one core, ${native:+Native AOT }server on another, $rounds rounds of $seconds s in alternation, medians."
  echo "$(grep -m 1 'model name' /proc/cpuinfo | cut -d : -f 2 | sed 's/^ //'), $(dotnet --version) SDK, $(date -u +%F)."
  echo
  echo "| experiments | bytes | /decide requests/s | core | bare Kestrel requests/s | core | ratio | /decide us of processor a request | bare Kestrel | ratio |"
  echo "|---|---|---|---|---|---|---|---|---|---|"
} >"$work/table"

for count in 1 10 100; do
  publish "$count"
  url="http://127.0.0.1:$decide_port/decide?env=n$count&$query"
  curl -sf -o "$work/body" "$url"
  taskset -c "$server_core" dotnet "$bare_dll" --urls "http://127.0.0.1:$bare_port" --contentRoot "$work" --Body "$work/body" \
    >"$work/bare.log" 2>&1 &
  bare=$!
  bare_url="http://127.0.0.1:$bare_port/"
  wait_for "$bare_url"
  curl -sf "$bare_url" | cmp - "$work/body"

  # Until the compiler has seen what is hot.
  load "$decide" "$url" "$warm_up" 64 >/dev/null
  load "$bare" "$bare_url" "$warm_up" 64 >/dev/null
  : >"$work/rounds"
  for _ in $(seq "$rounds"); do
    read -r rate cost p50 p99 <<<"$(load "$decide" "$url" "$seconds" 64)"
    read -r bare_rate bare_cost bare_p50 bare_p99 <<<"$(load "$bare" "$bare_url" "$seconds" 64)"
    echo "$rate $bare_rate $cost $bare_cost $p50 $bare_p50 $p99 $bare_p99" | tee -a "$work/rounds"
  done
  kill "$bare"
  wait "$bare" 2>/dev/null || true
  bare=
  awk -v n="$count" -v bytes="$(stat -c %s "$work/body")" -v a="$(column 1)" -v b="$(column 2)" -v c="$(column 3)" -v d="$(column 4)" \
    'BEGIN { printf "| %d | %d | %d | %.2f | %d | %.2f | %.2f | %.1f | %.1f | %.2f |\n", n, bytes, a, a * c / 1e6, b, b * d / 1e6, a / b, c, d, d / c }' \
    >>"$work/table"
  [ "$count" -eq 1 ] || printf ',\n' >>"$work/rows"
  awk -v n="$count" -v bytes="$(stat -c %s "$work/body")" -v a="$(column 1)" -v b="$(column 2)" -v c="$(column 3)" -v d="$(column 4)" \
    -v p50="$(column 5)" -v bare_p50="$(column 6)" -v p99="$(column 7)" -v bare_p99="$(column 8)" '
    function side(rate, cost, p50, p99) { return sprintf("{\"requestsPerSecond\":%d,\"cpuUs\":%.1f,\"p50Ms\":%.3f,\"p99Ms\":%.3f}", rate, cost, p50, p99) }
    BEGIN { printf "    {\"experiments\":%d,\"bodyBytes\":%d,\"decide\":%s,\n     \"bare\":%s,\"cpuRatio\":%.3f,\"rateRatio\":%.3f}",
      n, bytes, side(a, c, p50, p99), side(b, d, bare_p50, bare_p99), c / d, a / b }' >>"$work/rows"
done

mkdir -p "$(dirname "$result")"
cp "$work/table" "$result"
{
  printf '{"date":"%s","server":"%s","rounds":%s,"seconds":%s,"rows":[\n' \
    "$(date -u '+%F %H:%M UTC')" "${native:+Native AOT }/decide" "$rounds" "$seconds"
  cat "$work/rows"
  printf '\n]}\n'
} >"$result_json"
cat "$result"

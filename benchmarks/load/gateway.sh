#!/usr/bin/env bash
# The gateway beside plain YARP in front of the same decide nodes, and beside bare Kestrel, on this machine: requests per second, latency, and
# processor time of whoever wrk talks to, at 1 and at 64 connections; with 1 and 2 decide nodes, and with gateway and decide in one process.
#
# Whoever wrk asks has one core to itself; wrk and the nodes that a proxy asks share the other, so that each arrangement has the same budget. The targets
# take turns, round by round; figures are medians over the rounds, and ratios are of these. All traffic is on 127.0.0.1; the gateway's rate limit is off.
#
# usage: benchmarks/load/gateway.sh [--rounds N] [--seconds N] [--warm-up N] [--results DIR]
#   --rounds N     rounds of alternation for each number of connections (default 7)
#   --seconds N    seconds of load for each target and round (default 3)
#   --warm-up N    seconds of load before, for each target (default 25: a proxy has much code, which the runtime compiles twice while it runs)
#   --results DIR  where to write (default benchmarks/results)
# Writes gateway-load.md and gateway-load.json. Needs two cores, the .NET SDK, and root or sudo where wrk is still to be installed.
set -euo pipefail

rounds=7
seconds=3
warm_up=25
results=
while [ "$#" -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --warm-up) warm_up=$2 ;;
    --results) results=$2 ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
results=${results:-$root/benchmarks/results}
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# shellcheck source=common.sh
. "$root/benchmarks/load/common.sh"

for project in server/Experiments.Server server/Experiments.Decide benchmarks/Experiments.BareKestrel benchmarks/Experiments.BareProxy; do
  dotnet build "$root/$project" -c Release -v q
done
dll() { echo "$root/$1/bin/Release/net10.0/$(basename "$1").dll"; }

# --- The servers ---------------------------------------------------------------------------------------------------

experiments=10
publish "$experiments"
declare -A pid url
port=3920

# Starts a server on the servers' core, or where $core says. $1: its name, $2: its project, $3: the path that is asked, the rest: its settings.
core=$server_core
serve() {
  local name=$1 project=$2 path=$3
  shift 3
  port=$((port + 1))
  mkdir -p "$work/$name"
  taskset -c "$core" dotnet "$(dll "$project")" --urls "http://127.0.0.1:$port" --contentRoot "$work/$name" "$@" >"$work/$name.log" 2>&1 &
  pids+=("$!")
  pid[$name]=$!
  url[$name]="http://127.0.0.1:$port$path"
  wait_for "${url[$name]}"
}

query="env=n$experiments&user_key=user-123&context=%7B%22country%22%3A%22US%22%2C%22plan%22%3A%22pro%22%7D"
store=(--Experiments:Snapshots:Directory="$work/store")
gateway=(--Experiments:Roles=gateway --Experiments:RateLimit:Enabled=false)
base() { echo "${url[$1]%%/decide*}"; }
serve decide server/Experiments.Decide "/decide?$query" "${store[@]}"
core=$client_core
serve node server/Experiments.Decide "/decide?$query" "${store[@]}"
serve node-2 server/Experiments.Decide "/decide?$query" "${store[@]}"
serve node-h2 server/Experiments.Decide "/decide?$query" "${store[@]}" --Kestrel:Endpoints:http:Url="http://127.0.0.1:$((port + 1))" \
  --Kestrel:Endpoints:h2c:Url="http://127.0.0.1:$((port + 1000))" --Kestrel:Endpoints:h2c:Protocols=Http2
h2c=http://127.0.0.1:$((port - 1 + 1000))
core=$server_core
curl -sf -o "$work/body" "${url[decide]}"
serve kestrel benchmarks/Experiments.BareKestrel "/" --Body "$work/body"
serve yarp benchmarks/Experiments.BareProxy "/api/decide?$query" --Backend "$(base node)"
serve yarp-h2 benchmarks/Experiments.BareProxy "/api/decide?$query" --Backend "$h2c" --Http2 true
serve yarp-2 benchmarks/Experiments.BareProxy "/api/decide?$query" --Backend "$(base node),$(base node-2)"
serve gateway server/Experiments.Server "/api/decide?$query" "${gateway[@]}" --Experiments:Gateway:DecideUrl="$(base node)"
serve gateway-h2 server/Experiments.Server "/api/decide?$query" "${gateway[@]}" --Experiments:Gateway:DecideUrl="$h2c" --Experiments:Gateway:DecideHttp2=true
serve gateway-2 server/Experiments.Server "/api/decide?$query" "${gateway[@]}" --Experiments:Gateway:DecideUrl="$(base node),$(base node-2)"
serve decide-role server/Experiments.Server "/decide?$query" --Experiments:Roles=decide "${store[@]}"
serve one-process server/Experiments.Server "/api/decide?$query" --Experiments:Roles=decide,gateway --Experiments:RateLimit:Enabled=false "${store[@]}"
targets=(kestrel decide yarp yarp-h2 yarp-2 gateway gateway-h2 gateway-2 decide-role one-process)
declare -A title=(
  [kestrel]='bare Kestrel, the same bytes' [decide]='a decide node, asked directly' [yarp]='plain YARP, 1 decide node'
  [yarp-h2]='plain YARP, 1 decide node by HTTP/2' [yarp-2]='plain YARP, 2 decide nodes'
  [gateway]='the gateway, 1 decide node' [gateway-h2]='the gateway, 1 decide node by HTTP/2' [gateway-2]='the gateway, 2 decide nodes' [decide-role]='Experiments.Server with the role decide, `/decide`'
  [one-process]='gateway and decide in one process, `/api/decide`')

for target in "${targets[@]}"; do
  curl -sf "${url[$target]}" | cmp - "$work/body" # the same answer everywhere
  load "${pid[$target]}" "${url[$target]}" "$warm_up" 64 >/dev/null
done

# --- Rounds --------------------------------------------------------------------------------------------------------

for connections in 1 64; do
  for _ in $(seq "$rounds"); do
    for target in "${targets[@]}"; do
      load "${pid[$target]}" "${url[$target]}" "$seconds" "$connections" >>"$work/$target-$connections"
      echo >>"$work/$target-$connections"
    done
  done
done

# Median of a figure. $1: target, $2: connections, $3: rate, cpu, p50 or p99.
figure() {
  local column
  case $3 in rate) column=1 ;; cpu) column=2 ;; p50) column=3 ;; p99) column=4 ;; esac
  cut -d ' ' -f "$column" "$work/$1-$2" | median
}

calculate() { awk "BEGIN { printf \"%.3f\", $1 }"; }

# --- Tables --------------------------------------------------------------------------------------------------------

bars=(
  "gateway-cpu|processor time of the gateway for a request, of plain YARP's, 64 connections|$(calculate "$(figure gateway 64 cpu) / $(figure yarp 64 cpu)")|1.15|most"
  "gateway-cpu-one|the same, 1 connection|$(calculate "$(figure gateway 1 cpu) / $(figure yarp 1 cpu)")|1.15|most"
  "gateway-2-cpu|processor time of the gateway for a request, of plain YARP's, both with 2 decide nodes, 64 connections|$(calculate "$(figure gateway-2 64 cpu) / $(figure yarp-2 64 cpu)")|1.15|most"
  "gateway-2-cpu-one|the same, 1 connection|$(calculate "$(figure gateway-2 1 cpu) / $(figure yarp-2 1 cpu)")|1.15|most"
  "gateway-added|ms that the gateway adds to p50, 1 connection|$(calculate "$(figure gateway 1 p50) - $(figure decide 1 p50)")|0.3|most"
  "gateway-rate|requests/s through the gateway to a node by HTTP/2, of the decide node's own, 64 connections|$(calculate "$(figure gateway-h2 64 rate) / $(figure decide 64 rate)")|0.45|least"
  "one-process|processor time of /api/decide, of /decide's, in one process, 64 connections|$(calculate "$(figure one-process 64 cpu) / $(figure decide-role 64 cpu)")|1.176|most"
)
holds() { awk "BEGIN { exit !($1 $([ "$3" = most ] && echo '<=' || echo '>=') $2) }"; }

mkdir -p "$results"
{
  echo "# The gateway beside plain YARP and bare Kestrel"
  echo
  echo "Written by \`benchmarks/load/gateway.sh\`: whoever is asked has one core, \`wrk -t1\` and the nodes behind a proxy the other, $rounds rounds of $seconds s in which the targets take turns, medians."
  echo "$experiments experiments, $(stat -c %s "$work/body") bytes an answer. $(grep -m 1 'model name' /proc/cpuinfo | cut -d : -f 2 | sed 's/^ //'), $(dotnet --version) SDK, $(date -u +%F)."
  for connections in 1 64; do
    echo
    echo "## $connections connection$([ "$connections" -eq 1 ] || echo s)"
    echo
    echo "| asked | requests/s | p50 ms | p99 ms | us of processor a request, of whoever is asked |"
    echo "|---|---|---|---|---|"
    for target in "${targets[@]}"; do
      printf '| %s | %d | %.3f | %.3f | %.1f |\n' "${title[$target]}" "$(figure "$target" "$connections" rate)" \
        "$(figure "$target" "$connections" p50)" "$(figure "$target" "$connections" p99)" "$(figure "$target" "$connections" cpu)"
    done
  done
  echo
  echo "## Bars"
  echo
  echo "| | measured | bar | |"
  echo "|---|---|---|---|"
  for bar in "${bars[@]}"; do
    IFS='|' read -r _ text measured limit kind <<<"$bar"
    echo "| $text | $measured | at $kind $limit | $(holds "$measured" "$limit" "$kind" && echo holds || echo missed) |"
  done
} >"$results/gateway-load.md"
{
  printf '{"date":"%s","rounds":%s,"seconds":%s,"experiments":%s,"rows":[' "$(date -u '+%F %H:%M UTC')" "$rounds" "$seconds" "$experiments"
  separator=
  for connections in 1 64; do
    for target in "${targets[@]}"; do
      printf '%s\n  {"target":"%s","connections":%d,"requestsPerSecond":%d,"p50Ms":%.3f,"p99Ms":%.3f,"cpuUs":%.1f}' "$separator" "$target" "$connections" \
        "$(figure "$target" "$connections" rate)" "$(figure "$target" "$connections" p50)" "$(figure "$target" "$connections" p99)" "$(figure "$target" "$connections" cpu)"
      separator=,
    done
  done
  printf '\n],"bars":['
  separator=
  for bar in "${bars[@]}"; do
    IFS='|' read -r id _ measured limit kind <<<"$bar"
    printf '%s\n  {"id":"%s","measured":%s,"at%s":%s}' "$separator" "$id" "$measured" "${kind^}" "$limit"
    separator=,
  done
  printf '\n]}\n'
} >"$results/gateway-load.json"
cat "$results/gateway-load.md"

#!/usr/bin/env bash
# From the start of the Native AOT decide server to its first answer, its resident memory and the size of its binary, with a snapshot in
# a real S3 server on this machine (moto, as the tests use it): 100 and 10,000 experiments.
#
# usage: benchmarks/start.sh [--rounds N] [--binary PATH] [--results DIR]
#   --rounds N     starts for each size (default 9); the figures are medians
#   --binary PATH  measure this binary instead of publishing server/Experiments.Decide to artifacts/decide/
#   --results DIR  where to write (default benchmarks/results)
# Writes start.json. Needs the .NET SDK, and root or sudo where the S3 server or clang is still to be installed.
set -euo pipefail

rounds=9
binary=
results=
while [ "$#" -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --binary) binary=$2 ;;
    --results) results=$2 ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

counts=(100 10000)
bucket=snapshots
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
benchmarks=$root/benchmarks/Experiments.Benchmarks
work=$(mktemp -d)
s3=
trap '[ -z "$s3" ] || kill "$s3" 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

moto=${EXPERIMENTS_MOTO:-$("$root/tests/install.sh" | tail -n 1)}
if [ -z "$binary" ]; then
  binary=$root/artifacts/decide/Experiments.Decide
  dotnet publish "$root/server/Experiments.Decide/Experiments.Decide.csproj" -c Release -r linux-x64 -v q -o "$root/artifacts/decide"
fi
dotnet build "$benchmarks" -c Release -v q
run() { dotnet "$benchmarks/bin/Release/net10.0/Experiments.Benchmarks.dll" "$@"; }

# --- The S3 server with the snapshots --------------------------------------------------------------------------------

port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
(cd "$work" && PYTHONPATH=$moto exec /usr/bin/python3 -m moto.server -H 127.0.0.1 -p "$port" >"$work/s3.log" 2>&1) &
s3=$!

# Any credential will do, but a request without one is anonymous. $1: method, $2: path, the rest: more arguments of curl.
ask() {
  local method=$1 path=$2
  shift 2
  curl -sf -o /dev/null -X "$method" -H 'Authorization: AWS4-HMAC-SHA256 Credential=test-access-key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0' \
    "$@" "$url/$path"
}

for attempt in $(seq 200); do
  if ask PUT "$bucket"; then break; fi
  [ "$attempt" -lt 200 ] || { echo "the S3 server does not answer" >&2; cat "$work/s3.log" >&2; exit 1; }
  sleep 0.1
done
run snapshots "$work/store" "${counts[@]}"
(cd "$work/store" && find configs -type f) | while read -r file; do
  ask PUT "$bucket/$file" -H 'Content-Type: application/json' --data-binary "@$work/store/$file"
done

mkdir -p "$work/starts"
run start --binary "$binary" --s3 "$url" --bucket "$bucket" --store "$work/store" --work "$work/starts" \
  --counts "$(IFS=,; echo "${counts[*]}")" --rounds "$rounds" --out "${results:-$root/benchmarks/results}/start.json"

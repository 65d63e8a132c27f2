#!/usr/bin/env bash
# The control server on PostgreSQL with 100,000 experiments in 50 environments: create, edit, list and publish over HTTP, beside plain SQL that
# does the same on the same server, in alternation.
#
# usage: benchmarks/postgres.sh [--quick] [--results DIR]
#   --quick        a few experiments and rounds: shows that it runs; the figures mean nothing
#   --results DIR  where to write (default benchmarks/results)
# Writes postgres.json. Starts a PostgreSQL server of its own in a temporary directory and takes it away again. Needs the .NET SDK, and root or
# sudo where PostgreSQL is still to be installed.
set -euo pipefail

quick=
results=
while [ "$#" -gt 0 ]; do
  case $1 in
    --quick) quick=--quick ;;
    --results) results=$2; shift ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=${results:-$root/benchmarks/results}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
if [ -z "$programs" ]; then
  "$root/tests/install.sh" >/dev/null
  programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
fi

dotnet build "$root/server/Experiments.Server" -c Release -v q
dotnet build "$root/benchmarks/Experiments.Benchmarks" -c Release -v q

work=$(mktemp -d)
as=()
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root.
  chown postgres "$work"
  as=(setpriv --reuid postgres --regid postgres --clear-groups --)
fi
data=$work/data
port=$((20000 + RANDOM % 10000))
trap '"${as[@]}" "$programs/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
(cd "$work" && "${as[@]}" "$programs/initdb" -D "$data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null)
(cd "$work" && "${as[@]}" "$programs/pg_ctl" -D "$data" -w -l "$work/data/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -c unix_socket_directories=" start >/dev/null)
dotnet "$root/benchmarks/Experiments.Benchmarks/bin/Release/net10.0/Experiments.Benchmarks.dll" postgres $quick \
  --server "$root/server/Experiments.Server/bin/Release/net10.0/Experiments.Server.dll" \
  --connection "Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres" --out "$results/postgres.json"

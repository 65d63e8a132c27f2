#!/usr/bin/env bash
# Writes PublicAPI.Unshipped.txt of every package anew: all that is public and not in PublicAPI.Shipped.txt. Run it after a change to
# the public surface (the build fails with RS0016 or RS0017 until then), read the diff and commit it with the change.
# A member that was shipped and is gone stays an error: write it to PublicAPI.Unshipped.txt by hand as `*REMOVED*<its line>`.
#   sdk/update-public-api.sh [Experiments.Client ...]    without a name: every package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

if [ "$#" -eq 0 ]; then set -- */*.csproj; fi
for name in "$@"; do
  package=$(basename "$name" .csproj)
  file=$package/PublicAPI.Unshipped.txt
  removed=$(grep '^\*REMOVED\*' "$file" 2>/dev/null || true)
  printf '%s\n' '#nullable enable' ${removed:+"$removed"} >"$file"
  [ -e "$package/PublicAPI.Shipped.txt" ] || echo '#nullable enable' >"$package/PublicAPI.Shipped.txt"
  dotnet restore "$package" --verbosity quiet
  dotnet format analyzers "$package" --no-restore --severity warn --diagnostics RS0016
  echo "$package: $(($(wc -l <"$file") - 1)) lines in $file"
done

# What the load scripts share; sourced by them. They set work, a directory, and pin servers to one core and wrk to the other.
# shellcheck shell=bash disable=SC2154

server_core=0
client_core=1

if ! command -v wrk >/dev/null; then
  sudo=; [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get install -y wrk >/dev/null
fi

# --- A store with one environment for each size --------------------------------------------------------------------

# One experiment. $1: its number.
experiment() {
  printf '{"id":"7a2f64d1-93c5-4c1e-8a55-%012d","key":"checkout-button-%03d","salt":"0d9c1f6e-58b7-4e0b-9f3c-%012d","audienceRules":[],' "$1" "$1" "$1"
  printf '"targetingRules":[{"conditions":[{"attribute":"country","operator":"eq","value":"US"},{"attribute":"plan","operator":"in","value":["pro","team"]}]}],'
  printf '"variants":[{"id":"c1b0a6f2-1d7e-4f63-b0a9-%012d","key":"control","payload":{"color":"#0066cc"}},' "$1"
  printf '{"id":"e5d3c4b7-6a18-4d92-8c7f-%012d","key":"treatment","payload":{"color":"#00cc66"}}],' "$1"
  printf '"allocations":[{"variantId":"c1b0a6f2-1d7e-4f63-b0a9-%012d","rangeStart":0,"rangeEnd":4999},' "$1"
  printf '{"variantId":"e5d3c4b7-6a18-4d92-8c7f-%012d","rangeStart":5000,"rangeEnd":9999}]}' "$1"
}

# $1: number of experiments; the environment is called n and that number.
publish() {
  local folder=$work/store/configs/n$1 i
  mkdir -p "$folder/snapshots"
  {
    printf '{"version":1,"environment":"n%s","publishedAt":"2026-01-01T00:00:00.000Z","experiments":[' "$1"
    for ((i = 1; i <= $1; i++)); do
      [ "$i" -eq 1 ] || printf ','
      experiment "$i"
    done
    printf ']}'
  } >"$folder/snapshots/1.json"
  printf '{"version":1,"sha256":"%s"}' "$(sha256sum "$folder/snapshots/1.json" | cut -d ' ' -f 1)" >"$folder/version.json"
}

# --- Servers and load ----------------------------------------------------------------------------------------------

wait_for() {
  for _ in $(seq 100); do
    if curl -sf -o /dev/null "$1"; then return; fi
    sleep 0.1
  done
  echo "$1 does not answer" >&2
  cat "$work"/*.log >&2
  exit 1
}

# Processor time of a process in clock ticks. $1: process id.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# Requests per second, microseconds of the server's processor time for each, and milliseconds within which half and 99 of 100 of them
# were answered. $1: process id, $2: URL, $3: seconds, $4: connections.
load() {
  local before
  before=$(ticks "$1")
  taskset -c "$client_core" wrk -t1 "-c$4" --latency "-d$3s" "$2" >"$work/wrk"
  if grep -q 'Non-2xx' "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
  awk -v ticks="$(($(ticks "$1") - before))" -v second="$(getconf CLK_TCK)" '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    / requests in / { count = $1 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /^Requests\/sec/ { printf "%d %.1f %.3f %.3f", $2, ticks / second * 1e6 / count, p50, p99 }' "$work/wrk"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# Median of a column of the rounds. $1: its number.
column() { cut -d ' ' -f "$1" "$work/rounds" | median; }

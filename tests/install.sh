#!/usr/bin/env bash
# Installs what the tests need beside the .NET SDK: PostgreSQL, a real S3 server (moto), a browser, docker-compose, and
# what Native AOT links with.
# Idempotent: what is there stays, and a run that finds everything needs no network. Called by run.sh, and by the test
# harness when a test needs the S3 server first. Prints the directory of the S3 server as its last line.
set -euo pipefail

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/experiments-tests
mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=${tests%/*}/artifacts/tests-cache
moto=${EXPERIMENTS_MOTO:-$cache/moto}
python=/usr/bin/python3 # Debian's: the packages below are for it, not for another python on the PATH

say() { echo "install: $*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root or sudo for: $*"
  fi
}

# --- Debian packages ---------------------------------------------------------------------------------------------

modules=(boto3 flask flask_cors xmltodict responses cryptography werkzeug jinja2)

missing_modules() {
  if [ -x "$python" ]; then
    "$python" -c 'import importlib.util, sys; [print(m) for m in sys.argv[1:] if not importlib.util.find_spec(m)]' "${modules[@]}"
  else
    printf '%s\n' "${modules[@]}"
  fi
}

missing_packages() {
  [ -x "$python" ] || echo python3
  missing_modules | sed 's/_/-/; s/^/python3-/'
  command -v curl >/dev/null || echo curl # what the README's walk-through asks with
  command -v clang >/dev/null || echo clang
  command -v chromium >/dev/null || echo chromium # the browser that the dashboard is tested in
  command -v ld.lld >/dev/null || echo lld
  [ -e /usr/include/zlib.h ] || echo zlib1g-dev
  [ -n "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || echo postgresql # the database of several servers
  command -v setpriv >/dev/null || echo util-linux # ends a started server when the test process ends
}

updated=
update_lists() {
  [ -z "$updated" ] || return 0
  # A source that does not answer is not fatal: whether the packages can be had is what counts.
  as_root apt-get -q update >&2 || say "apt-get update reported errors, going on"
  updated=1
}

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  [ "${#packages[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "not a Debian machine; install by hand what corresponds to: ${packages[*]}"
  say "installing ${packages[*]}"
  update_lists
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends "${packages[@]}" >&2
  mapfile -t packages < <(missing_packages)
  [ "${#packages[@]}" = 0 ] || die "installed, but still not found: ${packages[*]}"
}

# --- The S3 server: a package of a newer Debian, unpacked beside this one's python ---------------------------------

# apt for one suite of this machine's own mirror, with all its state in $1, so the system's package lists stay as they are.
suite_apt() {
  local dir=$1
  shift
  apt-get -q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$dir/lists" \
    -o Dir::Cache="$dir/cache" -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none "$@"
}

debian_mirror() {
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 'Component: main' | sed -n 1p
}

# Unpacks package $3 of suite $2 into $1/root. Steps are joined by && because it is called as a condition, where bash ignores `set -e`.
unpack_package() {
  local work=$1 suite=$2 package=$3 site
  site=$(debian_mirror) && [ -n "$site" ] || die "apt knows no Debian mirror"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs" &&
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" >"$work/sources.list" &&
    suite_apt "$work" update >&2 &&
    (cd "$work/debs" && suite_apt "$work" download "$package" >&2) &&
    dpkg-deb -x "$work/debs/$package"_*.deb "$work/root"
}

unpack_moto() {
  local work=$1 suite=$2
  unpack_package "$work" "$suite" python3-moto &&
    mv "$work/root/usr/lib/python3/dist-packages" "$work/moto" &&
    { "$python" -m compileall -q "$work"/moto/moto/{core,moto_server,s3,utilities} >&2 || true; } # only saves start-up time
}

# Really starts it, and tries the conditional requests that the product's writes depend on.
verify_moto() {
  PYTHONPATH=$1 timeout 60 "$python" - "$1" <<'PYTHON'
import http.client, socket, subprocess, sys, time

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

def ask(method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    credential = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    connection.request(method, path, body, {"Authorization": credential, **{k.replace("_", "-"): v for k, v in headers.items()}})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.getheader("ETag")

def expect(what, actual, wanted):
    if actual != wanted:
        sys.exit(f"S3 server: {what}: {actual} instead of {wanted}")

try:
    for attempt in range(200):
        try:
            status = ask("PUT", "/check")[0]
            break
        except OSError:
            if server.poll() is not None:
                sys.exit("S3 server ended: " + server.stderr.read().decode()[-2000:])
            time.sleep(0.1)
    else:
        sys.exit("S3 server does not answer")
    expect("create bucket", status, 200)
    expect("create object", ask("PUT", "/check/a", b"1", If_None_Match="*")[0], 200)
    expect("create it again", ask("PUT", "/check/a", b"2", If_None_Match="*")[0], 412)
    status, body, etag = ask("GET", "/check/a")
    expect("read", (status, body), (200, b"1"))
    expect("read unchanged", ask("GET", "/check/a", If_None_Match=etag)[0], 304)
    expect("replace another version", ask("PUT", "/check/a", b"3", If_Match='"0"')[0], 412)
    expect("replace", ask("PUT", "/check/a", b"3", If_Match=etag)[0], 200)
finally:
    server.kill()
PYTHON
}

install_moto() {
  [ ! -e "$moto/moto/server.py" ] || return 0
  command -v apt-get >/dev/null || die "not a Debian machine; unpack python package moto (with server) into $moto by hand"
  say "installing the S3 server into $moto"
  update_lists # names this machine's mirror
  mkdir -p "$(dirname "$moto")"
  local suite work
  for suite in sid forky; do # older ones do not refuse a PUT whose If-Match is stale
    # Unpacked beside its place and renamed when it works, so an interrupted run leaves nothing that looks installed.
    work=$(mktemp -d "$(dirname "$moto")/unpack.XXXXXX")
    if unpack_moto "$work" "$suite" && verify_moto "$work/moto"; then
      rm -rf "$moto"
      mv "$work/moto" "$moto"
      rm -rf "$work"
      return 0
    fi
    rm -rf "$work"
    say "no working S3 server in $suite"
  done
  die "could not install the S3 server (moto)"
}

# --- docker-compose, which checks the compose file: it needs no Docker for that ------------------------------------

compose=$(dirname "$moto")/docker-compose

install_compose() {
  [ ! -x "$compose" ] || return 0
  command -v apt-get >/dev/null || die "not a Debian machine; put docker-compose (2.26 or later) at $compose by hand"
  say "installing docker-compose at $compose"
  update_lists
  local work
  work=$(mktemp -d "$(dirname "$compose")/unpack.XXXXXX")
  unpack_package "$work" trixie docker-compose || die "could not install docker-compose"
  mv "$(find "$work/root" -name docker-compose -type f -perm -u+x | sed -n 1p)" "$compose"
  rm -rf "$work"
}

# --- npm: the accessibility checks that run in the browser, and the schemas of Kubernetes ---------------------------

# $1: a test project, $2: a file of what it installs.
install_npm() {
  local project=$tests/$1
  [ ! -e "$project/node_modules/$2" ] || return 0
  say "installing npm packages of $1"
  (cd "$project" && npm ci --no-audit --no-fund --silent >&2) || die "npm ci failed in $project; is Node installed?"
}

# Test processes may get here at the same time.
mkdir -p "$cache"
exec 9>"$cache/install.lock"
flock 9
find "$cache" -maxdepth 1 -name 'unpack.*' -exec rm -rf {} + # of an interrupted run
install_packages
install_moto
install_compose
install_npm Experiments.Dashboard.Tests axe-core/axe.min.js
install_npm Experiments.Server.Tests kubernetes-models/package.json
echo "$moto"

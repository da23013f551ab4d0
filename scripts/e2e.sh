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
browser_packages
cd end2end
exec node node_modules/@playwright/test/cli.js test "$@"

#!/usr/bin/env bash
# Measures Lagune on both databases beside what each engine does by itself, and writes bench/README.md (make bench).
# Usage: scripts/bench.sh [--profiles 1000000] [--databases sqlite,postgres]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh test
[ -f target/site/pkg/lagune.wasm ] || cargo_ xtask site --release </dev/null
cargo_ build --release --locked --package server </dev/null
LAGUNE_BIN=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/release/lagune
export LAGUNE_BIN
exec scripts/with-postgres.sh python3 scripts/bench.py "$@"

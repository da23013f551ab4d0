#!/usr/bin/env bash
# Builds Lagune for real use and starts it on data/ (make run). What was built stays: the second start takes seconds.
# Usage: scripts/run.sh [arguments of "lagune serve"]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh run
say "1/4  Tools are there ($(rustc -V), node $(node -v))"
say "2/4  The browser's part: about 8 minutes on two cores the first time"
cargo_ xtask site --release </dev/null
say "3/4  The server: about 10 minutes on two cores the first time"
cargo_ build --release --locked --package server </dev/null
lagune=${CARGO_TARGET_DIR:-target}/release/lagune
say "4/4  Bringing the database up to date, starting"
"$lagune" migrate
exec "$lagune" serve "$@"

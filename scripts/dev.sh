#!/usr/bin/env bash
# Watches, rebuilds, restarts and reloads (make dev).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh run
if command -v mold >/dev/null; then exec mold -run cargo xtask dev "$@"; fi
exec cargo xtask dev "$@"

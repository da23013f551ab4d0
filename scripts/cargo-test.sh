#!/usr/bin/env bash
# cargo test with the faster linker where there is one (scripts/with-postgres.sh runs a program, not a function).
if command -v mold >/dev/null; then exec mold -run cargo test --no-fail-fast "$@"; fi
exec cargo test --no-fail-fast "$@"

#!/usr/bin/env bash
# Everything that must hold (make test): layout, lints, tests on both databases, a real browser.
# Goes on after a failed step, so that one run names everything that is wrong; the last line counts.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh test
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
failed=()

step() { # name, command…
  local name=$1 begun=$SECONDS
  shift
  say "" "── $name"
  if "$@" </dev/null; then say "── $name: done in $((SECONDS - begun)) s"; else failed+=("$name"); say "── $name: FAILED after $((SECONDS - begun)) s"; fi
}
native=(--workspace --exclude frontend --locked)

step "layout" cargo fmt --all --check
step "lints, server" cargo_ clippy "${native[@]}" --all-targets -- -D warnings
step "lints, browser" cargo_ clippy --package frontend --locked --target wasm32-unknown-unknown -- -D warnings
tests() { scripts/with-postgres.sh scripts/cargo-test.sh "${native[@]}" 2>&1 | tee "$log/cargo"; }
step "tests on SQLite and PostgreSQL" tests
step "the site" cargo_ xtask site --release
browser() { scripts/e2e.sh 2>&1 | tee "$log/browser"; }
step "tests in a browser" browser

say ""
python3 scripts/summary.py "$log/cargo" "$log/browser" || failed+=("counted tests")
if [ ${#failed[@]} -gt 0 ]; then printf 'failed step: %s\n' "${failed[@]}"; exit 1; fi

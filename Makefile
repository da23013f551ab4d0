SHELL := /bin/bash
# Every target checks for what it needs, installs it where it may, and says what to do where it may not.

.PHONY: run test dev e2e bench fmt deny help
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1\t/p' Makefile

run: ## build for real use and start on data/
	@scripts/run.sh

test: ## everything that must hold: layout, lints, tests on both databases, a real browser
	@scripts/test.sh

dev: ## watch, rebuild, restart, reload
	@scripts/dev.sh

e2e: ## only the tests in a browser; ARGS="sign-in.spec.ts --headed" picks some
	@scripts/e2e.sh $(ARGS)

bench: ## measure on both databases, write bench/
	@scripts/bench.sh

deny: ## licences, sources and known weaknesses of all dependencies; needs the network
	@command -v cargo-deny >/dev/null || { echo 'Please install it first: cargo install --locked cargo-deny'; exit 1; }
	@cargo deny --all-features check

fmt: ## lay out the code
	@. scripts/prepare.sh run && cargo fmt --all

#!/usr/bin/env bash
# Makes sure that Rust can compile for the browser (target wasm32-unknown-unknown).
# Ordinary machines: rustup fetches the standard library. Where rustup's server can't be reached
# (LAGUNE_WASM_STD=debian): Debian's Rust is used for everything, and its own library source is
# compiled for the target once (about a minute). Prints the toolchain to use, or nothing for the default.
set -euo pipefail
target=wasm32-unknown-unknown
say() { printf '%s\n' "$*" >&2; }

if [ "${LAGUNE_WASM_STD:-}" != debian ]; then
  command -v rustup >/dev/null || { say "rustup is missing: install it from your distribution, or set LAGUNE_WASM_STD=debian."; exit 1; }
  if rustup target list --installed 2>/dev/null | grep -qx "$target" || timeout 120 rustup target add "$target" >&2; then exit 0; fi
  say "rustup could not add $target; using Debian's Rust instead."
fi

packages="rustc-web cargo-web rust-web-src libstd-rust-web-dev rust-web-clippy rustfmt-web lld-19"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  [ "$(id -u)" = 0 ] || { say "These Debian packages are missing:$missing"; say "Run as root: apt-get update && apt-get install -y$missing"; exit 1; }
  say "Installing$missing"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >&2
fi

library=/usr/lib/rustlib/$target/lib
version=$(/usr/bin/rustc -V)
if [ "$(cat "$library/.stamp" 2>/dev/null)" != "$version" ]; then
  [ "$(id -u)" = 0 ] || { say "The browser's standard library for $version is not installed. Run as root: LAGUNE_WASM_STD=debian scripts/wasm-std.sh"; exit 1; }
  say "Compiling the standard library for the browser ($version), about a minute."
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[profile.release]\nopt-level = 3\ncodegen-units = 1\n' > "$work/Cargo.toml"
  : > "$work/src/lib.rs"
  (cd "$work" && env -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    RUSTFLAGS="-C embed-bitcode=yes" /usr/bin/cargo build -q -Z build-std=std,panic_abort,panic_unwind,test,proc_macro --target "$target" --release >&2)
  mkdir -p "$library" /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin
  find "$work/target/$target/release/deps" -name '*.rlib' ! -name 'libempty*' -exec cp {} "$library/" \;
  ln -sf /usr/bin/lld-19 /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld
  printf '%s' "$version" > "$library/.stamp"
fi
if command -v rustup >/dev/null; then
  rustup toolchain list | grep -q '^debian-web' || rustup toolchain link debian-web /usr >&2
  printf 'debian-web\n'
fi

//! The site's folder is embedded; it must exist even before the site was built.

use std::{env, fs, path::Path};

fn main() {
    let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let site = Path::new(&manifest).join("../target/site");
    if let Err(error) = fs::create_dir_all(&site) {
        println!("cargo::warning=the folder target/site cannot be created: {error}");
    }
    // In release builds the files themselves are part of the binary; in development they are read from the folder.
    let embedded = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if embedded { "../target/site" } else { "build.rs" });
}

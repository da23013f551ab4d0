//! The browser's module: compiled, cut into what a first visit needs and what comes when it is asked for, given its
//! JavaScript side, optimised.

use crate::files::{root, target_dir};
use crate::pack::pack;
use crate::site::Flavour;
use anyhow::{Context, Result, anyhow, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The name that leptos asks for (`LEPTOS_OUTPUT_NAME` in .cargo/config.toml).
const NAME: &str = "lagune";
/// The script that loads the parts.
const PARTS: &str = "./lagune-parts.js";

/// What the compiler may use and the optimiser must not go beyond: what every browser since 2022 has.
const FEATURES: [&str; 6] =
    ["bulk-memory", "bulk-memory-opt", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/// The script and the modules.
pub(crate) struct Module {
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

pub(crate) fn build(flavour: Flavour) -> Result<Module> {
    let compiled = compile(flavour)?;
    let work = target_dir().join("site-work").join(flavour.profile());
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let main = split(&compiled, &work)?;
    bind(&main, &work)?;
    fs::remove_file(&main)?;
    if flavour == Flavour::Release {
        optimise(&work)?;
        pack(&work, PARTS.trim_start_matches("./"))?;
        shorten(&work)?;
    }
    let mut files = Vec::new();
    collect(&work, &work, &mut files)?;
    Ok(Module { files })
}

/// Compile the crate `frontend` for the browser. The profile is cargo's own, made small by the environment, which
/// leaves the procedural macros (built for this machine) as the server's build has them.
fn compile(flavour: Flavour) -> Result<PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args(["rustc", "--package", "frontend", "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--locked"]);
    match flavour {
        Flavour::Dev => {
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
        }
        Flavour::Release => {
            cargo.arg("--release");
            let small = [("OPT_LEVEL", "z"), ("LTO", "fat"), ("CODEGEN_UNITS", "1"), ("PANIC", "abort"), ("DEBUG", "false")];
            for (key, value) in small {
                cargo.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
            }
        }
    }
    // The cut follows what refers to what, by name.
    cargo.args(["--", "-C", "link-arg=--emit-relocs", "-C", "strip=none"]);
    let done = cargo.status().context("cargo can't be started")?;
    ensure!(done.success(), "the browser's part doesn't compile (see above)");
    Ok(target_dir().join("wasm32-unknown-unknown").join(flavour.profile()).join("frontend.wasm"))
}

/// Cut off what stands behind a `#[lazy]` function: each such part is a module of its own, and so is what several of
/// them share. What remains is the main module.
fn split(compiled: &Path, out: &Path) -> Result<PathBuf> {
    let module = fs::read(compiled).with_context(|| format!("{} can't be read", compiled.display()))?;
    let main = out.join("main.wasm");
    let script = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(&module);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = PARTS;
    wasm_split_cli_support::transform(options).map_err(|problem| anyhow!("the module can't be cut: {problem:?}"))?;
    Ok(main)
}

fn bind(compiled: &Path, out: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .out_name(NAME)
        .typescript(false)
        .keep_debug(false)
        .keep_lld_exports(true)
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .generate(out)
        .context("the module can't be bound to JavaScript: is wasm-bindgen in Cargo.lock the version of wasm-bindgen-cli-support?")
}

/// Make every module in the folder smaller, the large one for as long as it gets smaller still. Functions of the same
/// origin are much alike: side by side they compress better.
fn optimise(folder: &Path) -> Result<()> {
    let program = root().join("node_modules/binaryen/bin/wasm-opt");
    for entry in fs::read_dir(folder)? {
        let module = entry?.path();
        if module.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let is_main = module.file_stem().is_some_and(|name| name == format!("{NAME}_bg").as_str());
        let done = Command::new("node")
            .arg(&program)
            .arg("-Oz")
            .args(is_main.then_some("--converge"))
            .args(["--reorder-functions-by-name", "--strip-debug"])
            .args(FEATURES.map(|feature| format!("--enable-{feature}")))
            .arg(&module)
            .arg("-o")
            .arg(&module)
            .output()
            .context("node can't be started: install Node.js 20")?;
        // What it says of a module that it made smaller is of no use to anybody.
        ensure!(done.status.success(), "wasm-opt failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}

/// Make the scripts smaller. What the modules ask for by name is a string or a property, and keeps its name.
fn shorten(folder: &Path) -> Result<()> {
    let program = root().join("node_modules/terser/bin/terser");
    for entry in fs::read_dir(folder)? {
        let script = entry?.path();
        if script.extension().is_none_or(|extension| extension != "js") {
            continue;
        }
        let done = Command::new("node")
            .arg(&program)
            .args(["--module", "--compress", "passes=2", "--mangle", "--output"])
            .args([&script, &script])
            .output()
            .context("node can't be started: install Node.js 20")?;
        ensure!(done.status.success(), "terser failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}

/// Everything that was made, by its path below `base`; the module under the name that leptos asks for.
fn collect(base: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(base, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(base)?.to_string_lossy().replace(&format!("{NAME}_bg.wasm"), &format!("{NAME}.wasm"));
        files.push((name, fs::read(&path)?));
    }
    Ok(())
}

//! Tasks around the build that need no tool on the machine but cargo, node and npm.

mod dev;
mod files;
mod pack;
mod reload;
mod site;
mod style;
mod wasm;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask site [--release]   build what the browser loads into target/site
cargo xtask style              only the stylesheet and the pictures
cargo xtask dev                watch, rebuild, restart and reload";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["site"] => site::build(site::Flavour::Dev),
        ["site", "--release"] => site::build(site::Flavour::Release),
        ["style"] => site::build_style(),
        ["dev", server_arguments @ ..] => dev::run(server_arguments),
        _ => bail!("{HELP}"),
    }
}

/// Tell the person at the terminal what is going on.
fn say(line: &str) {
    eprintln!("  {line}");
}

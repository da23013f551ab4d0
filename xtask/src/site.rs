//! target/site: everything that the browser loads and that the server carries inside itself.

use crate::files::{Folder, root};
use crate::{say, style, wasm};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;

/// How the site is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// Quick to build.
    Dev,
    /// Small to send: optimised and with a compressed copy of every file.
    Release,
}

impl Flavour {
    /// Cargo's folder of this flavour.
    pub(crate) fn profile(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Files made from sources that are not code.
const PICTURES: [&str; 3] = ["favicon.svg", "depth-lines.svg", "type-icons.svg"];
/// Made by scripts/fonts.mjs from the package of the typeface.
const FONTS: [&str; 3] = ["fonts/inter-latin.woff2", "fonts/inter-latin-ext.woff2", "fonts/LICENSE.txt"];

pub(crate) fn build(flavour: Flavour) -> Result<()> {
    packages()?;
    fonts()?;
    say("Compiling what runs in the browser");
    let module = wasm::build(flavour)?;
    let mut folder = Folder::open(root().join("target/site/pkg"), flavour == Flavour::Release)?;
    for (name, bytes) in &module.files {
        folder.write(name, bytes)?;
    }
    drawn(&mut folder)?;
    for line in folder.close()? {
        say(&line);
    }
    Ok(())
}

/// Stylesheet and pictures alone, for a site that has its modules already.
pub(crate) fn build_style() -> Result<()> {
    fonts()?;
    let mut folder = Folder::open(root().join("target/site/pkg"), false)?;
    folder.keep(&["js", "wasm", "bin"])?;
    drawn(&mut folder)?;
    folder.close().map(drop)
}

/// Stylesheet and pictures, and no module: pages are as the server writes them.
pub(crate) fn build_style_alone() -> Result<()> {
    fonts()?;
    let mut folder = Folder::open(root().join("target/site/pkg"), false)?;
    drawn(&mut folder)?;
    folder.close().map(drop)
}

fn drawn(folder: &mut Folder) -> Result<()> {
    folder.write("lagune.css", style::sheet()?.as_bytes())?;
    folder.write("later.css", style::later()?.as_bytes())?;
    for name in PICTURES {
        folder.write(name, &fs::read(root().join("assets").join(name)).with_context(|| format!("assets/{name}"))?)?;
    }
    for name in FONTS {
        folder.write(name, &fs::read(root().join("target").join(name)).with_context(|| format!("target/{name}"))?)?;
    }
    Ok(())
}

/// The packages that package-lock.json names, if they are not there already.
fn packages() -> Result<()> {
    let installed = fs::metadata(root().join("node_modules/.package-lock.json")).and_then(|file| file.modified());
    let wanted = fs::metadata(root().join("package-lock.json")).and_then(|file| file.modified());
    if let (Ok(installed), Ok(wanted)) = (installed, wanted)
        && installed >= wanted
    {
        return Ok(());
    }
    say("Fetching the packages of the site's build from the npm registry");
    let done = Command::new("npm")
        .current_dir(root())
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .status()
        .context("npm can't be started: install Node.js 20")?;
    ensure!(done.success(), "npm could not install the packages (see above): is the npm registry within reach?");
    Ok(())
}

/// The typeface, cut down to the letters of European languages.
fn fonts() -> Result<()> {
    let made = fs::metadata(root().join("target").join(FONTS[0])).and_then(|file| file.modified());
    let script = fs::metadata(root().join("scripts/fonts.mjs")).and_then(|file| file.modified());
    if let (Ok(made), Ok(script)) = (made, script)
        && made >= script
    {
        return Ok(());
    }
    packages()?;
    let done = Command::new("node").current_dir(root()).arg("scripts/fonts.mjs").arg("target/fonts").status();
    ensure!(done.context("node can't be started: install Node.js 20")?.success(), "the typeface can't be prepared (see above)");
    Ok(())
}

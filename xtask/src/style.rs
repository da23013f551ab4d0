//! Two stylesheets out of many files: one for every page, one for pages that come by themselves. Cascade layers decide what wins between groups of files, so that only the
//! order within a group matters: by name.

use crate::files::root;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The files before the components, in the order of their layers.
const FIRST: [&str; 6] = ["main", "fonts", "tokens", "reset", "base", "layout"];
/// The files after the pages.
const LAST: [&str; 2] = ["utilities", "print"];

/// What only pages need that come by themselves, without comments and indentation.
pub(crate) fn later() -> Result<String> {
    together(sorted(&root().join("style/later"))?)
}

/// The stylesheet of every page, without comments and indentation.
pub(crate) fn sheet() -> Result<String> {
    let folder = root().join("style");
    let file = |name: &&str| folder.join(format!("{name}.css"));
    let mut paths: Vec<PathBuf> = FIRST.iter().map(file).collect();
    paths.extend(sorted(&folder.join("components"))?);
    paths.extend(sorted(&folder.join("pages"))?);
    paths.extend(LAST.iter().map(file));
    together(paths)
}

fn together(paths: Vec<PathBuf>) -> Result<String> {
    let mut out = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
        out.push_str(&shorter(&text));
    }
    Ok(out)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "css"));
    paths.sort();
    Ok(paths)
}

/// Comments and white space at the lines' edges are for the reader of the source.
fn shorter(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

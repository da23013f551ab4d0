//! The small modules that parts share, in one file: a hundred of them would be a hundred requests when somebody opens the
//! first profile, and each compresses worse than all together.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// A module up to this size is packed; a larger one is worth a request of its own. In bytes, not compressed.
const SMALL: usize = 12_000;
/// The file that they are in.
const PACK: &str = "lagune-shared.bin";

/// What the script asks instead of the network: a part of the file PACK, as if it had been fetched alone.
const PIECE: &str = r#"
let shared;
function piece(from, to) {
    shared ??= fetch(new URL("./PACK", import.meta.url)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
        return answer.arrayBuffer();
    });
    shared.catch(() => { shared = undefined; });
    return shared.then((all) => new Response(all.slice(from, to), { headers: { "content-type": "application/wasm" } }));
}
"#;

/// Packs the small modules of a folder, and has the script that loads them take them from there.
///
/// # Errors
/// The script doesn't fetch a module in the way that is known here.
pub(crate) fn pack(folder: &Path, script: &str) -> Result<()> {
    let script = folder.join(script);
    let mut text = fs::read_to_string(&script).with_context(|| format!("{} can't be read", script.display()))?;
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("chunk_") && name.ends_with(".wasm") {
            names.push(name);
        }
    }
    names.sort();
    let mut packed = Vec::new();
    for name in names {
        let module = fs::read(folder.join(&name))?;
        if module.len() > SMALL {
            continue;
        }
        let fetching = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(text.contains(&fetching), "the script fetches {name} in a way that is not known");
        text = text.replace(&fetching, &format!("piece({}, {})", packed.len(), packed.len() + module.len()));
        packed.extend(module);
        fs::remove_file(folder.join(&name))?;
    }
    if !packed.is_empty() {
        text.push_str(&PIECE.replace("PACK", PACK));
        fs::write(folder.join(PACK), packed)?;
    }
    fs::write(script, text)?;
    Ok(())
}

//! Files of the site: written only when they changed, removed when nothing makes them any more.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the repository").to_path_buf()
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A folder that holds exactly what was written since it was opened.
pub(crate) struct Folder {
    path: PathBuf,
    compress: bool,
    written: BTreeSet<PathBuf>,
}

impl Folder {
    pub(crate) fn open(path: PathBuf, compress: bool) -> Result<Self> {
        fs::create_dir_all(&path).with_context(|| format!("{} can't be made", path.display()))?;
        Ok(Self { path, compress, written: BTreeSet::new() })
    }

    /// Write a file, and beside it a brotli copy when that is wanted and worth it.
    pub(crate) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let changed = self.put(name, bytes)?;
        if self.compress && !name.ends_with(".woff2") {
            let copy = format!("{name}.br");
            if changed || !self.path.join(&copy).exists() {
                self.put(&copy, &brotli(bytes)?)?;
            }
            self.written.insert(self.path.join(copy));
        }
        Ok(())
    }

    /// Keep what an earlier build wrote, by the ends of the names.
    pub(crate) fn keep(&mut self, extensions: &[&str]) -> Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            let plain = if path.extension().is_some_and(|extension| extension == "br") { path.with_extension("") } else { path.clone() };
            let is_kept =
                plain.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| extensions.contains(&extension));
            if is_kept && (plain == path || self.compress) {
                self.written.insert(path);
            }
        }
        Ok(())
    }

    /// Remove every file that this build didn't write; what is there, with sizes.
    pub(crate) fn close(self) -> Result<Vec<String>> {
        remove_others(&self.path, &self.written)?;
        let line = |path: &PathBuf| {
            let bytes = fs::metadata(path).map_or(0, |file| file.len());
            format!("{bytes:>10} bytes  {}", path.strip_prefix(&self.path).unwrap_or(path).display())
        };
        Ok(self.written.iter().filter(|path| path.exists()).map(line).collect())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<bool> {
        let path = self.path.join(name);
        self.written.insert(path.clone());
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, bytes).with_context(|| format!("{} can't be written", path.display()))?;
        Ok(true)
    }
}

fn remove_others(folder: &Path, keep: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, keep)?;
        } else if !keep.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The highest quality: assets are compressed once and sent often.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

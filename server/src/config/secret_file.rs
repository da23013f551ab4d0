//! Secrets in files of their own, as container platforms hand them over.

use std::{fs::File, io::Read as _, path::Path};

use super::WrongSetting;

/// More bytes are no secret but a file named by mistake.
const LARGEST: u64 = 64 << 10;

/// Where containers find their secrets: a file system of their own that nobody else reaches, whatever the file's mode.
const OF_CONTAINERS: [&str; 2] = ["/run/secrets", "/var/run/secrets"];

/// What a file holds.
pub(super) struct Secret {
    /// Without the line end that editors add.
    pub(super) text: String,
    /// Who else can read it, if that should not be.
    pub(super) warning: Option<String>,
}

/// Reads a secret; `setting` is how the person named the file.
pub(super) fn read(setting: &str, path: &Path) -> Result<Secret, WrongSetting> {
    let wrong = |why: &str| WrongSetting(format!("The file {} ({setting}) {why}.", path.display()));
    let file = File::open(path).map_err(|error| wrong(&format!("cannot be read: {}", error.kind())))?;
    let mut bytes = Vec::new();
    (&file).take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| wrong(&format!("cannot be read: {}", error.kind())))?;
    if bytes.len() as u64 > LARGEST {
        return Err(wrong("is too large to be a secret"));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong("is no text"))?;
    let text = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if text.trim().is_empty() {
        return Err(wrong("is empty"));
    }
    Ok(Secret { text: text.to_owned(), warning: warning(setting, path, &file) })
}

#[cfg(unix)]
fn warning(setting: &str, path: &Path, file: &File) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let open_to_all = file.metadata().is_ok_and(|about| about.permissions().mode() & 0o004 != 0);
    let warns = open_to_all && !OF_CONTAINERS.iter().any(|folder| path.starts_with(folder));
    warns.then(|| format!("Everybody on this machine can read {} ({setting}); chmod 600 makes it yours alone.", path.display()))
}

#[cfg(not(unix))]
fn warning(_: &str, _: &Path, _: &File) -> Option<String> {
    None
}

//! A folder into which somebody puts files. What was taken is moved aside within it, and removed after 14 days.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Write as _},
    path::Path,
    time::{Duration, SystemTime},
};

use domain::{
    schedule::matches,
    time::{Millis, utc},
};
use sha2::{Digest as _, Sha256};
use store::bin::KEPT;

use crate::fetch::{
    FetchError,
    sftp::{Found, Taken},
};

/// A file that was written to within this time may still be on its way.
const QUIET: Duration = Duration::from_secs(5);
/// Where files go that were taken.
const TAKEN: &str = "imported";

/// The files that lie there, the oldest first.
///
/// # Errors
/// There is no such folder.
pub(super) fn list(folder: &Path) -> Result<Vec<Found>, FetchError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            return Err(FetchError::NoFile(folder.display().to_string()));
        }
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        // A file's own, not that of what a link leads to: links could lead anywhere on this machine.
        let about = entry.metadata()?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let quiet = about.modified().is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age >= QUIET));
        if about.is_file() && quiet && matches("*", &name) {
            files.push((about.modified()?, found(name, &about)));
        }
    }
    files.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
    Ok(files.into_iter().map(|(_, file)| file).collect())
}

/// Copies one.
///
/// # Errors
/// It is too large, has gone or changed meanwhile, or is a link by now; the disk's.
pub(super) fn take(folder: &Path, file: &Found, to: &Path, limit: u64) -> Result<Taken, FetchError> {
    if file.size > limit {
        return Err(FetchError::TooLarge(limit));
    }
    let path = folder.join(&file.name);
    let mut from = File::open(&path).map_err(|_| FetchError::NoFile(file.name.clone()))?;
    let same = |from: &File| Ok::<_, std::io::Error>(same(&from.metadata()?, &fs::symlink_metadata(&path)?));
    let mut out = File::create(to)?;
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let n = from.read(&mut piece)?;
        if n == 0 {
            break;
        }
        size += n as u64;
        if size > limit {
            return Err(FetchError::TooLarge(limit));
        }
        hash.update(&piece[..n]);
        out.write_all(&piece[..n])?;
    }
    out.sync_all()?;
    if !same(&from)? || found(file.name.clone(), &from.metadata()?) != *file || size != file.size {
        return Err(FetchError::Changing);
    }
    Ok(Taken { size, hash: hash.finalize().into() })
}

/// Moves one aside: it has become an import, or can't become one.
///
/// # Errors
/// The disk's; the file stays then, and is known by its content.
pub(super) fn done(folder: &Path, name: &str, now: Millis) -> std::io::Result<()> {
    let aside = folder.join(TAKEN);
    fs::create_dir_all(&aside)?;
    fs::rename(folder.join(name), aside.join(format!("{} {name}", stamp(now))))
}

/// Removes files that were moved aside long ago; the time stands in their names.
///
/// # Errors
/// The disk's.
pub(super) fn sweep(folder: &Path, now: Millis) -> std::io::Result<()> {
    let before = stamp(now.plus(-KEPT));
    let entries = match fs::read_dir(folder.join(TAKEN)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| is_stamped(name) && name < before.as_str()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// `20261124T103000Z`: no letter of it is forbidden anywhere.
fn stamp(at: Millis) -> String {
    let text: String = utc(at).chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    format!("{}Z", text.get(..15).unwrap_or_default())
}

/// What somebody else has put there is left alone.
fn is_stamped(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() > 17 && bytes[..8].iter().all(u8::is_ascii_digit) && bytes[8] == b'T' && bytes[15] == b'Z' && bytes[16] == b' '
}

fn found(name: String, about: &fs::Metadata) -> Found {
    let changed = about.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    Found { name, size: about.len(), changed: changed.map(|since| since.as_millis().to_string()).unwrap_or_default() }
}

/// Whether what is open is what lies there, and not what a link leads to.
#[cfg(unix)]
fn same(open: &fs::Metadata, there: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    there.is_file() && (open.dev(), open.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn same(_: &fs::Metadata, there: &fs::Metadata) -> bool {
    there.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old(path: &Path, text: &str) {
        fs::write(path, text).unwrap();
        File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    }

    #[test]
    fn whole_files_are_taken_once_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, to) = (folder.path().join("inbox"), folder.path().join("to"));
        assert!(matches!(list(&inbox), Err(FetchError::NoFile(_))));
        fs::create_dir_all(inbox.join("a folder.csv")).unwrap();
        old(&inbox.join("a.csv"), "Name\nAdler\n");
        old(&inbox.join(".b.csv"), "x");
        old(&inbox.join("c.csv.part"), "x");
        fs::write(inbox.join("new.csv"), "still on its way").unwrap();
        let files = list(&inbox).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.csv"]);
        let taken = take(&inbox, &files[0], &to, 100).unwrap();
        assert_eq!((taken.size, fs::read_to_string(&to).unwrap().as_str()), (11, "Name\nAdler\n"));
        assert!(matches!(take(&inbox, &files[0], &to, 5), Err(FetchError::TooLarge(5))));
        old(&inbox.join("a.csv"), "Name\nAdler\nBock\n");
        assert!(matches!(take(&inbox, &files[0], &to, 100), Err(FetchError::Changing)));
        done(&inbox, "a.csv", Millis::new(0)).unwrap();
        assert_eq!(list(&inbox).unwrap(), []);
        assert!(inbox.join("imported/19700101T000000Z a.csv").exists());
        fs::write(inbox.join("imported/notes.txt"), "left alone").unwrap();
        sweep(&inbox, Millis::new(KEPT)).unwrap();
        assert_eq!(fs::read_dir(inbox.join("imported")).unwrap().count(), 2);
        sweep(&inbox, Millis::new(KEPT + 1_000)).unwrap();
        assert_eq!(fs::read_dir(inbox.join("imported")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let (secret, inbox, to) = (folder.path().join("secret"), folder.path().join("inbox"), folder.path().join("to"));
        fs::create_dir_all(&inbox).unwrap();
        old(&secret, "x");
        std::os::unix::fs::symlink(&secret, inbox.join("a.csv")).unwrap();
        assert_eq!(list(&inbox).unwrap(), []);
        let file = found("a.csv".to_owned(), &fs::metadata(&secret).unwrap());
        assert!(matches!(take(&inbox, &file, &to, 100), Err(FetchError::Changing)));
    }
}

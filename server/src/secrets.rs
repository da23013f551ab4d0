//! Secrets of others that have to be used again, and so can't be kept as hashes: encrypted (age, X25519) by a key that lies in
//! the data folder. Whoever reads the database, or a backup of it, has no use of them.

use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

use age::{Decryptor, Encryptor, secrecy::ExposeSecret as _, x25519::Identity};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::random;

/// Where the key lies in the data folder.
const KEY: &str = "secrets.key";

/// Encrypts and decrypts.
#[derive(Clone, Debug)]
pub(crate) struct Secrets(PathBuf);

/// What was encrypted can't be read with the key that is here.
#[derive(Debug, thiserror::Error)]
#[error("a secret can't be decrypted: {0}")]
pub(crate) struct Lost(String);

impl Secrets {
    /// By the key of this data folder.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self(data_dir.join(KEY))
    }

    /// Encrypts a secret; the first time a key is made.
    ///
    /// # Errors
    /// The disk's, or the file of the key holds none.
    pub(crate) fn seal(&self, secret: &str) -> std::io::Result<String> {
        let key = self.key_or_new()?.to_public();
        let encryptor = Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient)).map_err(std::io::Error::other)?;
        let mut sealed = Vec::new();
        let mut out = encryptor.wrap_output(&mut sealed)?;
        out.write_all(secret.as_bytes())?;
        out.finish()?;
        Ok(BASE64_STANDARD.encode(sealed))
    }

    /// The secret again.
    ///
    /// # Errors
    /// The key is missing, or another one.
    pub(crate) fn open(&self, sealed: &str) -> Result<String, Lost> {
        let lost = |error: &dyn std::fmt::Display| Lost(error.to_string());
        let key = self.key().map_err(|error| lost(&error))?;
        let sealed = BASE64_STANDARD.decode(sealed).map_err(|error| lost(&error))?;
        let decryptor = Decryptor::new(sealed.as_slice()).map_err(|error| lost(&error))?;
        let mut reader = decryptor.decrypt(std::iter::once(&key as &dyn age::Identity)).map_err(|error| lost(&error))?;
        let mut secret = String::new();
        reader.read_to_string(&mut secret).map_err(|error| lost(&error))?;
        Ok(secret)
    }

    fn key(&self) -> std::io::Result<Identity> {
        let text = fs::read_to_string(&self.0)?;
        let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap_or_default();
        line.trim().parse().map_err(|_| std::io::Error::new(ErrorKind::InvalidData, format!("{} holds no key of age", self.0.display())))
    }

    /// Whole or not at all, and never in the place of another that somebody made in this moment.
    fn key_or_new(&self) -> std::io::Result<Identity> {
        match self.key() {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            key => return key,
        }
        let draft = self.0.with_extension(random::token(6));
        let made = write_private(&draft, Identity::generate().to_string().expose_secret()).and_then(|()| fs::hard_link(&draft, &self.0));
        let _ = fs::remove_file(&draft);
        match made {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => self.key(),
        }
    }
}

/// Writes a file that nobody else may read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "# Decrypts the secrets of regular imports. Keep a copy where the backups are not.\n{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_again_with_its_key_alone() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Secrets::of(folder.path());
        assert!(secrets.open("").is_err(), "without a key nothing is read");
        let sealed = secrets.seal("geheim\nzwei").unwrap();
        assert!(!sealed.contains("geheim") && !BASE64_STANDARD.decode(&sealed).unwrap().windows(6).any(|part| part == b"geheim"));
        assert_eq!(Secrets::of(folder.path()).open(&sealed).unwrap(), "geheim\nzwei");
        assert_ne!(secrets.seal("geheim\nzwei").unwrap(), sealed, "twice the same does not look the same");
        let other = tempfile::tempdir().unwrap();
        let strange = Secrets::of(other.path());
        strange.seal("x").unwrap();
        assert!(strange.open(&sealed).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Secrets::of(folder.path()).seal("x").unwrap();
        assert_eq!(fs::metadata(folder.path().join(KEY)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    }
}

//! To whom backups are encrypted, and what reads them again (age, with X25519 keys).

use std::{fmt, io::Read, io::Write, sync::Arc};

use age::{
    Decryptor, Encryptor,
    stream::StreamWriter,
    x25519::{Identity, Recipient},
};

use super::BackupError;

/// The keys of a deployment. Without recipients files are not encrypted.
#[derive(Clone, Default)]
pub struct Keys {
    recipients: Arc<[Recipient]>,
    identities: Arc<[Identity]>,
}

impl fmt::Debug for Keys {
    /// Keys show in no log.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Keys({} recipients, {} identities)", self.recipients.len(), self.identities.len())
    }
}

impl Keys {
    /// Public keys separated by commas or spaces (`age1…`), and the text of an identity file as `age-keygen` writes it; each
    /// may be empty. None when one of them is no key.
    pub fn read(recipients: &str, identities: &str) -> Option<Self> {
        let words = recipients.split([',', ' ', '\n', '\r']).filter(|word| !word.is_empty());
        let lines = identities.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let recipients = words.map(|word| word.parse().ok()).collect::<Option<Vec<Recipient>>>()?;
        let identities = lines.map(|line| line.parse().ok()).collect::<Option<Vec<Identity>>>()?;
        Some(Self { recipients: recipients.into(), identities: identities.into() })
    }

    /// Whether files are encrypted.
    pub fn encrypts(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// Whether encrypted files can be read at all.
    pub(crate) fn opens(&self) -> bool {
        !self.identities.is_empty()
    }

    /// Whether what is encrypted now can be read here again.
    pub fn reads_own(&self) -> bool {
        let theirs: Vec<String> = self.identities.iter().map(|identity| identity.to_public().to_string()).collect();
        !self.encrypts() || self.recipients.iter().any(|recipient| theirs.contains(&recipient.to_string()))
    }

    /// Encrypts what is written; none when nothing is encrypted.
    pub(crate) fn seal<W: Write>(&self, out: W) -> Result<Sealed<W>, BackupError> {
        if !self.encrypts() {
            return Ok(Sealed::Open(out));
        }
        let recipients = self.recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(|error| BackupError::File(std::io::Error::other(error)))?;
        Ok(Sealed::Age(Box::new(encryptor.wrap_output(out)?)))
    }

    /// Decrypts what is read.
    pub(crate) fn open<R: Read + Send + 'static>(&self, input: R) -> Result<Box<dyn Read + Send>, BackupError> {
        let decryptor = Decryptor::new(input).map_err(|error| BackupError::damaged(error.to_string()))?;
        let identities = self.identities.iter().map(|identity| identity as &dyn age::Identity);
        match decryptor.decrypt(identities) {
            Ok(reader) => Ok(Box::new(reader)),
            Err(age::DecryptError::NoMatchingKeys | age::DecryptError::KeyDecryptionFailed) => Err(BackupError::Locked),
            Err(error) => Err(BackupError::damaged(error.to_string())),
        }
    }
}

/// A file on its way, encrypted or not.
pub(crate) enum Sealed<W: Write> {
    Open(W),
    Age(Box<StreamWriter<W>>),
}

impl<W: Write> Sealed<W> {
    /// Writes the end.
    pub(crate) fn finish(self) -> std::io::Result<W> {
        match self {
            Self::Open(out) => Ok(out),
            Self::Age(out) => out.finish(),
        }
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Open(out) => out.write(bytes),
            Self::Age(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Open(out) => out.flush(),
            Self::Age(out) => out.flush(),
        }
    }
}

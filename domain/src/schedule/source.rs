//! Where the files of a regular import come from, as one line: the name of a folder, or an address.

use std::fmt;
use std::str::FromStr;

use crate::problem::Problem;
use crate::text::clean_line;

/// The longest address, in bytes.
const MAX_ADDRESS: usize = 2_000;
/// The longest name of a folder, in characters.
const MAX_FOLDER: usize = 60;

/// Where files come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A folder of the server into which somebody puts files, by its name.
    Folder(String),
    /// A file of a web server: `https://files.example.com/customers.csv`.
    Web(String),
    /// Files of an SFTP server.
    Sftp(Place),
}

/// Files of an SFTP server: `sftp://files.example.com/export/customers-*.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The server.
    pub host: String,
    /// Its port, mostly 22.
    pub port: u16,
    /// The folder, beginning with a slash; `/~/` and what follows lies in the folder in which one arrives.
    pub folder: String,
    /// Which files in it: a name, in which `*` stands for anything.
    pub pattern: String,
}

impl Source {
    /// Whether it fits the name by which Lagune is to sign in: SFTP needs one, a folder has none.
    pub(super) fn suits(&self, login: &str) -> Result<(), Problem> {
        match self {
            Source::Sftp(_) if login.is_empty() => Err(Problem::Required),
            _ => Ok(()),
        }
    }

    /// Which server a secret is for; empty: none, as a folder needs none.
    pub fn server(&self) -> String {
        match self {
            Source::Folder(_) => String::new(),
            _ => self.to_string().split('/').take(3).collect::<Vec<_>>().join("/"),
        }
    }
}

impl Place {
    /// The folder as SFTP wants it.
    pub fn path(&self) -> &str {
        match self.folder.strip_prefix("/~/").or_else(|| self.folder.strip_prefix("/~")) {
            Some("") => ".",
            Some(path) => path,
            None => &self.folder,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Folder(name) => out.write_str(name),
            Source::Web(address) => out.write_str(address),
            Source::Sftp(Place { host, port, folder, pattern }) => {
                let port = if *port == 22 { String::new() } else { format!(":{port}") };
                let slash = if folder.ends_with('/') { "" } else { "/" };
                write!(out, "sftp://{host}{port}{folder}{slash}{pattern}")
            }
        }
    }
}

impl FromStr for Source {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = clean_line(text);
        if text.is_empty() {
            return Err(Problem::Required);
        }
        if text.len() > MAX_ADDRESS {
            return Err(Problem::TooLong { max: MAX_ADDRESS as u64 });
        }
        let Some((scheme, rest)) = text.split_once("://") else { return folder(text) };
        let authority = rest.split('/').next().unwrap_or_default();
        // Name and secret have fields of their own: an address stands in lists and logs.
        if authority.is_empty() || authority.contains('@') || text.contains(char::is_whitespace) {
            return Err(Problem::NotASource);
        }
        match scheme.to_ascii_lowercase().as_str() {
            "https" | "http" => Ok(Source::Web(text)),
            "sftp" => place(authority, &rest[authority.len()..]).map(Source::Sftp),
            _ => Err(Problem::NotASource),
        }
    }
}

/// One name that is safe on every system: nobody leaves the folder of the client by it.
fn folder(text: String) -> Result<Source, Problem> {
    let fits = |c: char| c.is_alphanumeric() || "-_ .".contains(c);
    let dotted = text.starts_with('.') || text.ends_with('.');
    if dotted || !text.chars().all(fits) || text.chars().count() > MAX_FOLDER {
        return Err(Problem::NotASource);
    }
    Ok(Source::Folder(text))
}

fn place(authority: &str, path: &str) -> Result<Place, Problem> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().map_err(|_| Problem::NotASource)?),
        _ => (authority, 22),
    };
    let (folder, pattern) = path.rsplit_once('/').ok_or(Problem::NotASource)?;
    let climbs = folder.split('/').any(|part| part == "..") || pattern == "..";
    if host.is_empty() || port == 0 || climbs || folder.contains('*') {
        return Err(Problem::NotASource);
    }
    let folder = if folder.is_empty() { "/" } else { folder };
    let pattern = if pattern.is_empty() { "*" } else { pattern };
    Ok(Place { host: host.to_ascii_lowercase(), port, folder: folder.to_owned(), pattern: pattern.to_owned() })
}

/// Whether a file may be taken: its name fits the pattern, and it is neither hidden nor on its way there (`.part`, `.tmp` …).
pub fn matches(pattern: &str, name: &str) -> bool {
    const COMING: [&str; 5] = [".part", ".tmp", ".filepart", ".crdownload", "~"];
    let lower = name.to_lowercase();
    !name.starts_with('.') && !COMING.iter().any(|end| lower.ends_with(end)) && fits(pattern.as_bytes(), name.as_bytes())
}

/// `*` stands for anything; goes back to the last one where something does not fit.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star = None;
    while from < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(byte) if *byte == name[from] => (at, from) = (at + 1, from + 1),
            _ => match star {
                Some((star_at, taken)) => {
                    star = Some((star_at, taken + 1));
                    (at, from) = (star_at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

//! The words of the protocol for files in parts, tus 1.0 (<https://tus.io/protocols/resumable-upload>): its headers and refusals.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::DateTime;
use domain::{lang::Text, time::Millis};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::errors::Refusal;

/// The version that both sides speak.
pub(crate) const VERSION: &str = "1.0.0";
/// What is understood beside the core.
pub(crate) const EXTENSIONS: &str = "creation,creation-with-upload,expiration,checksum,termination";
/// The sums by which a part is checked.
pub(crate) const CHECKSUMS: &str = "sha1,sha256";
/// What the body of a part is called.
pub(crate) const PART: &str = "application/offset+octet-stream";

pub(crate) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(crate) const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub(crate) const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub(crate) const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub(crate) const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(crate) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub(crate) const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
/// Ours: what was made of a file that is whole.
pub(crate) const LAGUNE_IMPORT: HeaderName = HeaderName::from_static("lagune-import");
/// Ours: the job that carries it out.
pub(crate) const LAGUNE_JOB: HeaderName = HeaderName::from_static("lagune-job");

const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// Metadata may be this long; what it says of a file fits into much less.
const METADATA: usize = 4_096;

const TITLE: Text = Text::new("Hochladen nicht möglich", "Upload not possible");

/// Says the version on every answer, as the protocol has it.
pub(crate) async fn say_version(mut response: Response) -> Response {
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// Whether the caller speaks this version.
///
/// # Errors
/// 412 otherwise, with the version that is spoken here.
pub(crate) fn check_version(headers: &HeaderMap) -> Result<(), Refusal> {
    const SENTENCE: Text = Text::new(
        "Bitte die Kopfzeile „Tus-Resumable: 1.0.0“ mitsenden.",
        "Please send the header “Tus-Resumable: 1.0.0” with the request.",
    );
    if text(headers, &TUS_RESUMABLE) == Some(VERSION) {
        return Ok(());
    }
    let refusal = Refusal::new(StatusCode::PRECONDITION_FAILED, "tus_version", TITLE, SENTENCE);
    Err(refusal.with_header(TUS_VERSION, HeaderValue::from_static(VERSION)))
}

/// A number of bytes.
///
/// # Errors
/// 400 when there is none.
pub(crate) fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    const SENTENCE: Text = Text::new(
        "Es fehlt eine Länge oder Stelle in Bytes: „Upload-Length“ beim Anlegen, „Upload-Offset“ bei jedem Teil.",
        "A length or place in bytes is missing: “Upload-Length” when it is created, “Upload-Offset” with each part.",
    );
    let number = text(headers, name).filter(|text| text.bytes().all(|b| b.is_ascii_digit())).and_then(|text| text.parse().ok());
    number.ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, "tus_header", TITLE, SENTENCE))
}

/// What is said about a file, word for word, and what it is called.
///
/// # Errors
/// 400 when it is not written as the protocol has it.
pub(crate) fn metadata(headers: &HeaderMap) -> Result<(String, Option<String>), Refusal> {
    const SENTENCE: Text = Text::new(
        "„Upload-Metadata“ ist nicht lesbar oder zu lang. Erwartet werden Paare wie „filename a3VuZGVuLmNzdg==“, mit Kommas dazwischen.",
        "“Upload-Metadata” can't be read or is too long. Pairs like “filename a3VuZGVuLmNzdg==” are expected, with commas between.",
    );
    let wrong = || Refusal::new(StatusCode::BAD_REQUEST, "tus_header", TITLE, SENTENCE);
    let Some(sent) = headers.get(UPLOAD_METADATA) else { return Ok((String::new(), None)) };
    let sent = sent.to_str().ok().filter(|sent| sent.len() <= METADATA).ok_or_else(wrong)?;
    let mut name = None;
    for pair in sent.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = BASE64_STANDARD.decode(value.trim()).map_err(|_| wrong())?;
        if matches!(key, "filename" | "name") {
            name = Some(String::from_utf8_lossy(&value).into_owned());
        }
    }
    Ok((sent.to_owned(), name))
}

/// A sum over the part that comes along, as it was announced.
pub(crate) struct Checksum {
    announced: Vec<u8>,
    sum: Sum,
}

enum Sum {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// What was announced, if anything was.
    ///
    /// # Errors
    /// 400 for a sum that is not known here.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        const SENTENCE: Text = Text::new(
            "Diese Prüfsumme ist hier nicht bekannt. Möglich sind „sha1“ und „sha256“, dahinter die Summe in Base64.",
            "This checksum is not known here. “sha1” and “sha256” are, followed by the sum in base64.",
        );
        let Some(sent) = headers.get(UPLOAD_CHECKSUM) else { return Ok(None) };
        let read = || {
            let (name, sum) = sent.to_str().ok()?.split_once(' ')?;
            let announced = BASE64_STANDARD.decode(sum.trim()).ok()?;
            let sum = match name {
                "sha1" => Sum::Sha1(Sha1::new()),
                "sha256" => Sum::Sha256(Sha256::new()),
                _ => return None,
            };
            Some(Self { announced, sum })
        };
        read().map(Some).ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, "tus_checksum", TITLE, SENTENCE))
    }

    /// Takes a piece in.
    pub(crate) fn add(&mut self, piece: &[u8]) {
        match &mut self.sum {
            Sum::Sha1(sum) => sum.update(piece),
            Sum::Sha256(sum) => sum.update(piece),
        }
    }

    /// Whether all pieces together are what was announced.
    ///
    /// # Errors
    /// 460, as the protocol has it.
    pub(crate) fn check(self) -> Result<(), Refusal> {
        const SENTENCE: Text = Text::new(
            "Der Teil kam anders an, als er abgeschickt wurde, und wurde verworfen. Bitte noch einmal senden.",
            "The part did not arrive as it was sent and was thrown away. Please send it again.",
        );
        let sum = match self.sum {
            Sum::Sha1(sum) => sum.finalize().to_vec(),
            Sum::Sha256(sum) => sum.finalize().to_vec(),
        };
        if sum == self.announced {
            return Ok(());
        }
        let status = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        Err(Refusal::new(status, "tus_checksum", TITLE, SENTENCE))
    }
}

/// The part begins elsewhere than where the file ends.
pub(crate) fn elsewhere() -> Refusal {
    const SENTENCE: Text = Text::new(
        "Der Teil schließt nicht an das an, was angekommen ist. Bitte mit HEAD nachsehen, wie viel das ist, und dort weitermachen.",
        "The part does not follow what has arrived. Please look with HEAD how much that is, and go on there.",
    );
    Refusal::new(StatusCode::CONFLICT, "tus_offset", TITLE, SENTENCE)
}

/// Another request is writing this file.
pub(crate) fn locked() -> Refusal {
    const SENTENCE: Text = Text::new(
        "Ein früherer Teil dieser Datei ist noch unterwegs. Bitte gleich noch einmal versuchen.",
        "An earlier part of this file is still on its way. Please try again in a moment.",
    );
    Refusal::new(StatusCode::LOCKED, "tus_locked", TITLE, SENTENCE).after_seconds(2)
}

/// A moment as HTTP writes it.
pub(crate) fn http_date(at: Millis) -> Option<HeaderValue> {
    let at = DateTime::from_timestamp_millis(at.get())?;
    HeaderValue::from_str(&at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}

/// A header's text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn a_name_is_read_out_of_the_metadata_and_nonsense_is_refused() {
        let (kept, name) = metadata(&with("upload-metadata", "relativePath bnVsbA==,filename S8O2bG4uY3N2, is_confidential")).unwrap();
        assert_eq!((kept.len(), name.as_deref()), (60, Some("Köln.csv")));
        assert_eq!(metadata(&HeaderMap::new()).unwrap(), (String::new(), None));
        assert!(metadata(&with("upload-metadata", "filename !!")).is_err());
        assert!(metadata(&with("upload-metadata", &format!("filename {}", "a".repeat(METADATA)))).is_err());
    }

    #[test]
    fn a_length_is_a_number_of_digits() {
        assert_eq!(number(&with("upload-length", "12"), &UPLOAD_LENGTH).unwrap(), 12);
        for wrong in ["", "-1", "+1", "1e3", "99999999999999999999"] {
            assert!(number(&with("upload-length", wrong), &UPLOAD_LENGTH).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sum_is_held_against_what_was_announced() {
        let of = |header: &str, text: &[u8]| {
            let mut sum = Checksum::of(&with("upload-checksum", header)).unwrap().unwrap();
            sum.add(text);
            sum.check().is_ok()
        };
        assert!(of("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", b"hello world"));
        assert!(of("sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", b"hello world"));
        assert!(!of("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", b"hello"));
        assert!(Checksum::of(&with("upload-checksum", "md5 XrY7u+Ae7tCTyyK7j1rNww==")).is_err());
        assert!(Checksum::of(&with("upload-checksum", "sha1")).is_err());
        assert!(Checksum::of(&HeaderMap::new()).unwrap().is_none());
    }

    #[test]
    fn moments_are_written_as_http_has_them() {
        assert_eq!(http_date(Millis::new(784_111_777_000)).unwrap(), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}

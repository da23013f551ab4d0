//! The refusals there are, and which error of the store becomes which.

use axum::http::{HeaderValue, StatusCode, header};
use domain::{
    lang::{Lang, Text},
    problem::Invalid,
};

use super::{Detail, FieldRefusal, Refusal};
use crate::fetch::FetchError;

impl Refusal {
    /// It isn't there, or isn't the caller's.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            Text::new("Nicht gefunden", "Not found"),
            Text::new(
                "Unter dieser Adresse gibt es nichts. Bitte die Adresse prüfen.",
                "There is nothing at this address. Please check the address.",
            ),
        )
    }

    /// Nobody is signed in.
    pub(crate) fn sign_in_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "sign_in_needed",
            Text::new("Anmeldung nötig", "Sign-in needed"),
            Text::new(
                "Bitte anmelden oder einen gültigen Zugangsschlüssel als „Authorization: Bearer …“ senden.",
                "Please sign in, or send a valid token as “Authorization: Bearer …”.",
            ),
        )
        .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Lagune\""))
    }

    /// The request comes from another site.
    pub(crate) fn foreign_origin() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign_origin",
            Text::new("Anfrage von einer fremden Seite", "Request from another site"),
            Text::new(
                "Änderungen werden nur von den eigenen Seiten angenommen. Bitte Lagune neu laden und es noch einmal versuchen.",
                "Changes are only accepted from Lagune's own pages. Please reload Lagune and try again.",
            ),
        )
    }

    /// The caller may not do this.
    pub(crate) fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            Text::new("Nicht erlaubt", "Not allowed"),
            Text::new("Dazu fehlt das Recht.", "You have no right to do this."),
        )
    }

    /// The request as a whole can't be read.
    pub(crate) fn unreadable(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unreadable",
            Text::new("Anfrage nicht lesbar", "Request not readable"),
            Text::new("", ""),
        )
        .because(Detail::made(de, en))
    }

    /// A file can't be read as a table.
    pub(crate) fn unreadable_file(code: &'static str, detail: Detail) -> Self {
        let title = Text::new("Datei nicht lesbar", "File not readable");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, title, Text::new("", "")).because(detail)
    }

    /// The column by which profiles shall be found isn't in the file.
    pub(crate) fn key_column_missing(key: &str) -> Self {
        let detail = Detail::made(
            format!("Keine Spalte der Datei passt zum Feld {key}, an dem Profile erkannt werden sollen. Bitte die Überschrift prüfen."),
            format!("No column of the file matches the field {key} by which profiles shall be found. Please check the heading."),
        );
        let field = FieldRefusal { field: "key".to_owned(), code: "key_column_missing".to_owned(), detail: detail.clone() };
        Self::unreadable_file("key_column_missing", detail).naming(vec![field])
    }

    /// A file of another server can't be fetched.
    pub(crate) fn not_fetched(error: &FetchError) -> Self {
        let detail = Detail::made(error.message(Lang::De), error.message(Lang::En));
        Self::wrong_fields(vec![FieldRefusal { field: "address".to_owned(), code: error.code().to_owned(), detail: detail.clone() }])
            .because(detail)
    }

    /// Single fields are wrong.
    pub(crate) fn wrong_fields(errors: Vec<FieldRefusal>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            Text::new("Angaben ungültig", "Invalid input"),
            Text::new(
                "Einige Angaben sind nicht gültig; „errors“ nennt sie einzeln.",
                "Some of the input is not valid; “errors” names each one.",
            ),
        )
        .naming(errors)
    }

    /// Another content type is needed.
    pub(crate) fn wrong_content_type(needed: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            Text::new("Falsche Art von Inhalt", "Wrong content type"),
            Text::new("", ""),
        )
        .because(Detail::made(
            format!("Bitte den Inhalt als „Content-Type: {needed}“ senden."),
            format!("Please send the content as “Content-Type: {needed}”."),
        ))
    }

    /// The path exists, the method doesn't.
    pub(crate) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            Text::new("Methode nicht möglich", "Method not possible"),
            Text::new("Diese Adresse kennt diese HTTP-Methode nicht.", "This address does not know this HTTP method."),
        )
    }

    /// More than may be sent.
    pub(crate) fn too_large(limit: u64) -> Self {
        let megabytes = limit.div_ceil(1 << 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", Text::new("Zu groß", "Too large"), Text::new("", "")).because(Detail::made(
            format!("Hier werden höchstens {megabytes} MB angenommen."),
            format!("At most {megabytes} MB are accepted here."),
        ))
    }

    /// Too many failed attempts.
    pub(crate) fn too_many_attempts(seconds: u64) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_attempts",
            Text::new("Zu viele Versuche", "Too many attempts"),
            Text::new(
                "Zu viele vergebliche Anmeldungen. Bitte in einer Viertelstunde noch einmal versuchen.",
                "Too many failed sign-ins. Please try again in a quarter of an hour.",
            ),
        )
        .after_seconds(seconds)
    }

    /// The database or the process is busy.
    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            Text::new("Gerade ausgelastet", "Busy"),
            Text::new("Bitte in einem Augenblick noch einmal versuchen.", "Please try again in a moment."),
        )
        .after_seconds(2)
    }

    /// There is no room left on the disk.
    pub(crate) fn no_room() -> Self {
        Self::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "no_room",
            Text::new("Kein Platz mehr", "No room left"),
            Text::new(
                "Auf der Platte des Servers ist kein Platz mehr; darum wurde nichts gespeichert. Bitte Platz schaffen und noch einmal versuchen.",
                "The server's disk has no room left, so nothing was saved. Please make room and try again.",
            ),
        )
    }

    /// Something that should not happen did; the log has it under the request's id.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            Text::new("Unerwarteter Fehler", "Unexpected error"),
            Text::new(
                "Das hätte nicht geschehen dürfen. Bitte noch einmal versuchen und sonst die Kennung der Anfrage weitergeben.",
                "This should not have happened. Please try again, or else pass on the id of the request.",
            ),
        )
    }

    /// Logs what went wrong, for the operator, and tells the caller nothing of it.
    pub(crate) fn logged(error: &dyn std::error::Error) -> Self {
        let mut causes = error.to_string();
        let mut next = error.source();
        while let Some(cause) = next {
            causes = format!("{causes}: {cause}");
            next = cause.source();
        }
        tracing::error!(error = %causes, "a request failed: {causes}");
        Self::internal()
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        let errors = invalid.problems.into_iter().map(|one| FieldRefusal {
            field: one.field,
            code: one.problem.code().to_owned(),
            detail: Detail::made(one.problem.message(Lang::De), one.problem.message(Lang::En)),
        });
        Self::wrong_fields(errors.collect())
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
            tracing::error!(%error, "the disk is full");
            return Self::no_room();
        }
        Self::logged(&error)
    }
}

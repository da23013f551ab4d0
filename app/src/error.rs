//! What may go wrong, as far as the browser may know of it.

use domain::lang::{Lang, Text, fill};
use domain::problem::{FieldProblem, Invalid, Problem};
use serde::{Deserialize, Serialize};
use server_fn::codec::PostcardEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::browser::json::Object;
use crate::text::errors as t;

/// Why a server function gives no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// There is no such thing, or it belongs to somebody else.
    NotFound,
    /// The role doesn't allow it.
    Forbidden,
    /// The session ran out.
    SignedOut,
    /// What was typed can't stay so.
    Invalid(Vec<FieldError>),
    /// It contradicts something that exists.
    Conflict(Clash),
    /// Refused with a sentence that says what to do.
    Refused {
        /// In German.
        de: String,
        /// In English.
        en: String,
    },
    /// Too much to do; the same may succeed a moment later.
    Unavailable,
    /// A failure that is in the log under this reference.
    Internal(String),
    /// The server couldn't be reached or gave no readable answer.
    Transport,
}

/// What is wrong with one field of a form, in a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
    /// What was typed, where the form can't keep it by itself.
    pub typed: Option<String>,
}

/// So many bytes of what was typed an error carries at most: it travels in an address.
const MAX_TYPED: usize = 4_000;

impl FieldError {
    fn message(&self, lang: Lang) -> &str {
        if lang == Lang::De { &self.de } else { &self.en }
    }
}

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clash {
    /// A pool has this name.
    PoolName,
    /// Somebody signs in with this address.
    Email,
    /// The work has ended already.
    JobEnded,
    /// Somebody else changed it meanwhile.
    Stale,
}

impl AppError {
    /// One wrong field of a form.
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Invalid::one(field, problem).into()
    }

    /// One wrong field of a form, which a page that is not awake shows with what was typed.
    pub fn invalid_as_typed(field: &str, problem: Problem, typed: &str) -> Self {
        let mut error = Self::invalid(field, problem);
        if let AppError::Invalid(fields) = &mut error {
            let kept = (typed.len() <= MAX_TYPED).then(|| typed.to_owned());
            fields.iter_mut().for_each(|one| one.typed.clone_from(&kept));
        }
        error
    }

    /// The same with all that was typed into a form, as JSON; a page that is not awake gets it back by [`typed`](Self::typed).
    #[cfg(feature = "ssr")]
    pub fn carrying(mut self, form: &impl Serialize) -> Self {
        let typed = serde_json::to_string(form).ok().filter(|typed| typed.len() <= MAX_TYPED);
        if let AppError::Invalid(fields) = &mut self
            && let Some(first) = fields.first_mut()
        {
            first.typed = typed;
        }
        self
    }

    /// What was typed into the one field of a form, as far as the error knows.
    pub fn typed(&self) -> Option<String> {
        match self {
            AppError::Invalid(fields) => fields.first()?.typed.clone(),
            _ => None,
        }
    }

    /// Refused with a sentence that was known when the program was written.
    pub fn refused(sentence: Text) -> Self {
        AppError::Refused { de: sentence.de.to_owned(), en: sentence.en.to_owned() }
    }

    /// A sentence that says what happened and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let text = match self {
            AppError::NotFound => t::NOT_FOUND,
            AppError::Forbidden => t::FORBIDDEN,
            AppError::SignedOut => t::SIGNED_OUT,
            AppError::Invalid(fields) => return fields.iter().map(|one| one.message(lang)).collect::<Vec<_>>().join(" "),
            AppError::Conflict(Clash::PoolName) => t::POOL_NAME_TAKEN,
            AppError::Conflict(Clash::Email) => t::EMAIL_TAKEN,
            AppError::Conflict(Clash::JobEnded) => t::JOB_ENDED,
            AppError::Conflict(Clash::Stale) => t::STALE,
            AppError::Refused { de, en } => return if lang == Lang::De { de.clone() } else { en.clone() },
            AppError::Unavailable => t::UNAVAILABLE,
            AppError::Internal(reference) => return fill(t::INTERNAL.get(lang), &[("reference", reference)]),
            AppError::Transport => t::TRANSPORT,
        };
        text.get(lang).to_owned()
    }

    /// The sentence for one field of a form, if it is that which is wrong.
    pub fn of_field(&self, field: &str, lang: Lang) -> Option<String> {
        match self {
            AppError::Invalid(fields) => fields.iter().find(|one| one.field == field).map(|one| one.message(lang).to_owned()),
            AppError::Conflict(Clash::PoolName) if field == "name" => Some(self.message(lang)),
            AppError::Conflict(Clash::Email) if field == "email" => Some(self.message(lang)),
            _ => None,
        }
    }
}

impl From<Invalid> for AppError {
    fn from(invalid: Invalid) -> Self {
        let say = |FieldProblem { field, problem }| FieldError {
            de: problem.message(Lang::De),
            en: problem.message(Lang::En),
            field,
            typed: None,
        };
        AppError::Invalid(invalid.problems.into_iter().map(say).collect())
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => AppError::refused(t::BAD_REQUEST),
            // The server decodes what was asked, the browser what was answered.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Deserialization(_) => AppError::refused(t::BAD_REQUEST),
            _ => AppError::Transport,
        };
        crate::browser::connection::note(&error);
        error
    }

    #[cfg(feature = "ssr")]
    fn ser(&self) -> server_fn::Bytes {
        use server_fn::Encodes;
        crate::context::call_fails_with(self);
        Self::Encoder::encode(self).unwrap_or_default()
    }

    fn de(data: server_fn::Bytes) -> Self {
        // The door of the server answers before any function does, in its own form.
        let error = postcard::from_bytes::<AppError>(&data).unwrap_or_else(|_| match status_of(&data) {
            Some(401) => AppError::SignedOut,
            Some(403) => AppError::Forbidden,
            Some(404) => AppError::NotFound,
            Some(429 | 503) => AppError::Unavailable,
            _ => AppError::Transport,
        });
        crate::browser::connection::note(&error);
        error
    }
}

/// The status in a problem document (RFC 9457).
fn status_of(data: &[u8]) -> Option<i64> {
    Object::parse(std::str::from_utf8(data).ok()?)?.number("status")
}

/// A part of the interface that can't be fetched is a server that can't be reached.
#[cfg(feature = "hydrate")]
impl From<leptos::wasm_split::SplitLoaderError> for AppError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        let error = AppError::Transport;
        crate::browser::connection::note(&error);
        error
    }
}

#[cfg(feature = "ssr")]
mod from_store;

#[cfg(test)]
mod tests;

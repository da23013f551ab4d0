//! The audit log, as an administrator sees it.

#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// A page of the log, with what can be asked of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditList {
    /// What was asked, as the form shows it.
    pub asked: AuditAsked,
    /// Newest first.
    pub lines: Vec<AuditLine>,
    /// What can have been done: by area, each with code and label.
    pub deeds: Vec<(String, Vec<(String, String)>)>,
    /// Who can have done something: code and name.
    pub people: Vec<(String, String)>,
    /// Where the older entries are, if there are any.
    pub older: Option<String>,
    /// Where the newest ones are, unless it is here.
    pub newest: Option<String>,
    /// What the address asks for but for the place, for the files.
    pub query: String,
}

/// What somebody looks for; empty is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAsked {
    /// Words.
    pub q: String,
    /// The code of a deed.
    pub deed: String,
    /// The code of somebody.
    pub who: String,
    /// The code of an object.
    pub object: String,
    /// What that object is called.
    pub object_name: String,
    /// From this day on, as forms have it.
    pub from: String,
    /// Up to this day.
    pub to: String,
}

/// An entry, in the viewer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number in the log.
    pub n: i64,
    /// When, for machines.
    pub at: String,
    /// When.
    pub time: String,
    /// What was done.
    pub deed: String,
    /// Its picture.
    pub icon: String,
    /// Who did it.
    pub who: String,
    /// What else they did; none where the list shows just that.
    pub who_href: Option<String>,
    /// The kind of what it was done to.
    pub kind: String,
    /// What that was called.
    pub object: String,
    /// Where it can be opened, as long as it is there.
    pub href: Option<String>,
    /// What else was done to it; none where the list shows just that.
    pub object_href: Option<String>,
    /// From which address.
    pub address: String,
    /// In which session.
    pub session: String,
    /// What it was before and is now.
    pub changes: Vec<AuditChange>,
    /// The hash of the entry.
    pub hash: String,
}

/// One thing before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    /// What.
    pub label: String,
    /// How it was, if that is told.
    pub before: Option<String>,
    /// How it is, if that is told.
    pub after: Option<String>,
}

/// A page of the log. `query` is the address behind the question mark.
#[server(prefix = "/api", endpoint = "audit/list", input = GetUrl, output = Postcard)]
pub async fn show_audit(query: String) -> Result<AuditList, AppError> {
    let viewer = crate::context::may(Right::SeeLog).await?;
    lines::page(&crate::context::store(), &viewer, &query).await
}

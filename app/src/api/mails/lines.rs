//! What the functions about mails do on the server.

use std::collections::HashSet;

use domain::id::MailId;
use domain::time::show_time;

use super::{MailLine, MailList, MailState};
use crate::api::profiles::plain;
use crate::api::team;
use crate::context::{Viewer, now, store};
use crate::error::AppError;
use crate::routes;

/// How many mails are shown.
const MANY: u32 = 200;

pub(super) async fn mails(viewer: &Viewer) -> Result<MailList, AppError> {
    let store = store();
    let sends = store.mailing();
    let lines = store.mails(viewer.client, MANY).await?;
    // Links are shown only where nothing can be sent, and only to who may make one.
    let linkable = if sends { HashSet::new() } else { team::lines::linkable(viewer).await? };
    let line = |mail: store::mails::MailLine| {
        let shown = |at| show_time(at, viewer.lang, &viewer.zone);
        let state = match (mail.sent_at, mail.next_at) {
            (Some(at), _) => MailState::Sent(shown(at)),
            (None, Some(at)) if mail.problem.is_some() && at > now() => MailState::Later(shown(at)),
            (None, Some(_)) => MailState::Waits,
            (None, None) => MailState::Failed,
        };
        MailLine {
            id: mail.id,
            to: mail.recipient,
            kind: mail.kind,
            created: shown(mail.created_at),
            reason: mail.problem.map(|problem| problem.message(viewer.lang).into_owned()),
            again: sends && matches!(state, MailState::Later(_) | MailState::Failed),
            link: Some(mail.user).filter(|user| mail.kind.has_link() && mail.sent_at.is_none() && linkable.contains(user)),
            state,
        }
    };
    Ok(MailList { sends, lines: lines.into_iter().map(line).collect() })
}

pub(super) async fn again(viewer: &Viewer, mail: MailId) -> Result<(), AppError> {
    store().send_again(viewer.client, mail, now()).await?;
    plain::to(routes::MAILS);
    Ok(())
}

//! What the functions about mails do on the server.

use std::collections::HashSet;

use domain::id::{MailId, UserId};
use domain::time::show_time;
use store::mails::Delivery;

use super::{MailLine, MailList, MailState};
use crate::api::profiles::plain;
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
    let members = if sends { Vec::new() } else { store.members(viewer.client).await? };
    let linkable: HashSet<UserId> =
        members.into_iter().filter(|member| member.linkable_by(&viewer.manager())).map(|member| member.user).collect();
    let line = |mail: store::mails::MailLine| {
        let shown = |at| show_time(at, viewer.lang, &viewer.zone);
        let delivery = mail.delivery(now());
        let state = match delivery {
            Delivery::Sent(at) => MailState::Sent(shown(at)),
            Delivery::Later(at) => MailState::Later(shown(at)),
            Delivery::Waits => MailState::Waits,
            Delivery::Failed => MailState::Failed,
        };
        MailLine {
            id: mail.id,
            to: mail.recipient,
            kind: mail.kind,
            created: shown(mail.created_at),
            reason: mail.problem.map(|problem| problem.message(viewer.lang).into_owned()),
            again: sends && delivery.may_be_repeated(),
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

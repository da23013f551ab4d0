//! The status of a profile.

use domain::lang::Lang;
use domain::permission::Status;
use leptos::prelude::*;

use crate::components::icon::Icon;

/// Status as shape and word.
#[component]
pub fn StatusMark(#[prop(into)] code: String, lang: Lang) -> impl IntoView {
    let status = Status::from_code(&code).unwrap_or(Status::Usable);
    view! {
        <span class=format!("status status--{}", status.code().replace('_', "-")) title=status.label(lang)>
            <Icon name=status_icon(status)/>
            <span class="status__label">{status.label(lang)}</span>
        </span>
    }
}

/// The shape of a status in the sprite.
pub fn status_icon(status: Status) -> &'static str {
    match status {
        Status::Persona => "persona",
        Status::Unsubscribed => "unsubscribed",
        Status::Bounced => "bounced",
        Status::Unconfirmed => "unconfirmed",
        Status::NoAddress => "minus",
        Status::Usable => "usable",
    }
}

//! The form of an invitation, at the head of the list.

use leptos::prelude::*;

use crate::api::team::Invite;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;

/// Address, name, role.
#[component]
pub fn InviteForm(roles: Vec<(String, String)>, invite: ServerAction<Invite>) -> impl IntoView {
    let lang = use_lang();
    let error_of = move |field: &'static str| {
        Signal::derive(move || invite.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field(field, lang))))
    };
    let other = move || {
        let error = invite.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()))?;
        ["email", "name", "role"].iter().all(|field| error.of_field(field, lang).is_none()).then(|| error.message(lang))
    };
    Effect::new(move |_| crate::browser::document::focus("email"));
    // The last one allows least.
    let chosen = roles.iter().rposition(|(code, _)| code.as_str() == "viewer").unwrap_or_default();
    let options =
        roles.into_iter().enumerate().map(move |(nth, (code, name))| view! { <option value=code selected=nth == chosen>{name}</option> });
    view! {
        <ActionForm action=invite attr:class="team__form">
            <TextField name="email" label=t::EMAIL.get(lang) kind="email" error=error_of("email")/>
            <TextField name="name" label=t::NAME.get(lang) error=error_of("name")/>
            <div class="field">
                <label class="field__label" for="role">{t::ROLE.get(lang)}</label>
                <span class="input"><select id="role" name="role">{options.collect_view()}</select><Icon name="down"/></span>
                {move || error_of("role").get().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}
            </div>
            <div role="alert">{move || other().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}</div>
            <div class="team__foot">
                <button class="button button--primary" type="submit">{t::INVITE_BUTTON.get(lang)}</button>
                <a class="button button--quiet" href=routes::TEAM>{t::CANCEL.get(lang)}</a>
            </div>
        </ActionForm>
    }
}

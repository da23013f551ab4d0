//! Somebody in the list, and what can be done.

use domain::lang::{Text, fill};
use leptos::prelude::*;

use super::Deeds;
use crate::api::team::MemberLine;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::team as t;

/// A line of the table.
#[component]
pub fn MemberRow(member: MemberLine, roles: Vec<(String, String)>, deeds: Deeds) -> impl IntoView {
    let lang = use_lang();
    let name = if member.name.is_empty() { member.email.clone() } else { member.name.clone() };
    let state = match (member.disabled, member.invited) {
        (true, _) => ("negative", t::DISABLED),
        (false, true) => ("caution", t::INVITED),
        (false, false) => ("positive", t::ACTIVE),
    };
    let role = if member.changeable {
        view! { <Role member=member.clone() roles name=name.clone() deeds/> }.into_any()
    } else {
        member.role_name.clone().into_any()
    };
    view! {
        <tr>
            <th scope="row">{member.name.clone()} {member.me.then(|| view! { " " <span class="team__me">{t::YOU.get(lang)}</span> })}</th>
            <td>{member.email.clone()}</td>
            <td class="team-table__role">{role}</td>
            <td><span class="team__state" data-tone=state.0>{state.1.get(lang)}</span></td>
            <td>{member.seen.clone().unwrap_or_else(|| t::NEVER.get(lang).to_owned())}</td>
            <td class="team-table__actions">{member.changeable.then(|| view! { <Actions member name deeds/> })}</td>
        </tr>
    }
}

/// A list of roles that is sent as soon as another one is chosen; with a button where there is no script.
#[component]
fn Role(member: MemberLine, roles: Vec<(String, String)>, name: String, deeds: Deeds) -> impl IntoView {
    let lang = use_lang();
    let label = fill(t::ROLE_OF.get(lang), &[("name", &name)]);
    let now = member.role.clone();
    let options = roles.into_iter().map(move |(code, role)| {
        let selected = code == now;
        view! { <option value=code selected=selected>{role}</option> }
    });
    view! {
        <ActionForm action=deeds.role attr:class="team__role">
            <input type="hidden" name="user" value=member.user.to_string()/>
            <span class="input input--small">
                <select name="role" aria-label=label on:change=move |event| {
                    deeds.said.set_value(Some(t::ROLE_GIVEN.get(lang).to_owned()));
                    crate::browser::forms::submit_of(&event);
                }>{options.collect_view()}</select>
                <Icon name="down"/>
            </span>
            <noscript><button class="button button--small" type="submit">{t::GIVE.get(lang)}</button></noscript>
        </ActionForm>
    }
}

#[component]
fn Actions(member: MemberLine, name: String, deeds: Deeds) -> impl IntoView {
    let lang = use_lang();
    let user = StoredValue::new(member.user.to_string());
    let named = |text: Text| fill(text.get(lang), &[("name", &name)]);
    let say = move |words: String| move |_| deeds.said.set_value(Some(words.clone()));
    let link = member.linkable.then(|| {
        let label = named(t::LINK_OF);
        view! {
            <ActionForm action=deeds.link>
                <input type="hidden" name="user" value=user.get_value()/>
                <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="link"/></button>
            </ActionForm>
        }
    });
    let reset = member.resettable.then(|| {
        let label = named(t::RESET_FACTOR_OF);
        view! {
            <ActionForm action=deeds.reset on:submit=say(named(t::WAS_RESET))>
                <input type="hidden" name="user" value=user.get_value()/>
                <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="undo"/></button>
            </ActionForm>
        }
    });
    let (off, words, label, icon) = if member.disabled {
        (false, named(t::WAS_ENABLED), named(t::ENABLE_ONE), "check")
    } else {
        (true, named(t::WAS_DISABLED), named(t::DISABLE_ONE), "lock")
    };
    let remove = named(t::REMOVE_ONE);
    view! {
        {link}
        {reset}
        <ActionForm action=deeds.disable on:submit=say(words)>
            <input type="hidden" name="user" value=user.get_value()/>
            <input type="hidden" name="off" value=off.to_string()/>
            <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name=icon/></button>
        </ActionForm>
        <ActionForm action=deeds.remove on:submit=say(named(t::WAS_REMOVED))>
            <input type="hidden" name="user" value=user.get_value()/>
            <button class="icon-button" type="submit" aria-label=remove.clone() title=remove><Icon name="trash"/></button>
        </ActionForm>
    }
}

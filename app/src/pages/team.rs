//! `/team`: who works for the client; invitations, roles given, people let in no longer.

pub mod client;
pub mod clients;
pub mod invite;
pub mod mails;
pub mod role;
pub mod roles;
pub mod row;
pub mod tokens;

use domain::lang::fill;
use domain::mail::MailKind;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::invite::InviteForm;
use self::row::MemberRow;
use crate::api::team::{Disable, GiveRole, Invite, Invited, MakeLink, RemoveMember, ResetFactor, Team, show_team};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::secret::Secret;
use crate::components::team_head::TeamHead;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// What can be done to the people of the list.
#[derive(Clone, Copy)]
pub struct Deeds {
    role: ServerAction<GiveRole>,
    disable: ServerAction<Disable>,
    remove: ServerAction<RemoveMember>,
    link: ServerAction<MakeLink>,
    reset: ServerAction<ResetFactor>,
    /// The name that the message of what was done speaks of, and what it says.
    said: StoredValue<Option<String>>,
}

/// `/team`, `/team?new=1`.
#[component]
pub fn TeamPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let query = use_query_map();
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let team = Resource::<_, Wire>::new_with_options(|| (), |()| show_team(), true);
    let retry = Callback::new(move |()| team.refetch());
    let invite = ServerAction::<Invite>::new();
    let deeds = Deeds {
        role: ServerAction::new(),
        disable: ServerAction::new(),
        remove: ServerAction::new(),
        link: ServerAction::new(),
        reset: ServerAction::new(),
        said: StoredValue::new(None),
    };
    let shown = RwSignal::new(None::<Invited>);
    let done = move |answer: Option<Result<(), AppError>>| match answer {
        Some(Ok(())) => {
            team.refetch();
            if let Some(words) = deeds.said.get_value() {
                toasts.show(Toast::new(words));
            }
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    };
    Effect::new(move |_| done(deeds.role.value().get()));
    Effect::new(move |_| done(deeds.disable.value().get()));
    Effect::new(move |_| done(deeds.remove.value().get()));
    Effect::new(move |_| done(deeds.reset.value().get()));
    Effect::new(move |_| match deeds.link.value().get() {
        Some(Ok(invited)) => shown.set(Some(invited)),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    Effect::new(move |_| {
        if let Some(Ok(invited)) = invite.value().get() {
            shown.set(Some(invited));
            team.refetch();
        }
    });
    view! {
        <TeamHead here=routes::TEAM>
            <a class="button button--primary" href="/team?new=1"><Icon name="plus"/><span>{t::INVITE.get(lang)}</span></a>
        </TeamHead>
        <div class="page__body page__body--ruled team">
            {move || shown.get().map(|invited| view! { <Link invited/> })}
            <Transition>
                {move || Suspend::new(async move {
                    match team.await {
                        Ok(team) => view! { <People team new invite deeds/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// The link to hand over, that a mail brings it, or that none is needed.
#[component]
pub fn Link(invited: Invited) -> impl IntoView {
    let lang = use_lang();
    if let Some((kind, to)) = &invited.mailed {
        let text = if *kind == MailKind::Invitation { t::MAILED_INVITATION } else { t::MAILED_LINK };
        let said = fill(text.get(lang), &[("to", to)]);
        return view! { <p class="notice" role="status"><span>{said} " " <a href=routes::MAILS>{t::TO_MAILS.get(lang)}</a></span></p> }
            .into_any();
    }
    let named = |text: domain::lang::Text| fill(text.get(lang), &[("name", &invited.who)]);
    match invited.link.clone().filter(|link| !link.is_empty()) {
        Some(link) => view! { <Secret title=named(t::LINK_FOR) help=t::LINK_HELP.get(lang) value=link/> }.into_any(),
        None => view! { <p class="notice" role="status">{named(t::JOINED)}</p> }.into_any(),
    }
}

#[component]
fn People(team: Team, new: Memo<bool>, invite: ServerAction<Invite>, deeds: Deeds) -> impl IntoView {
    let lang = use_lang();
    let roles = StoredValue::new(team.roles);
    view! {
        {team.invited.map(|invited| view! { <Link invited/> })}
        {move || new.get().then(|| view! { <InviteForm roles=roles.get_value() invite/> })}
        <table class="data-table team-table">
            <caption class="visually-hidden">{t::PEOPLE_CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::NAME.get(lang)}</th>
                    <th scope="col">{t::EMAIL.get(lang)}</th>
                    <th scope="col">{t::ROLE.get(lang)}</th>
                    <th scope="col">{t::STATE.get(lang)}</th>
                    <th scope="col">{t::SEEN.get(lang)}</th>
                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                </tr>
            </thead>
            <tbody>
                {team.members.into_iter().map(|member| view! { <MemberRow member roles=roles.get_value() deeds/> }).collect_view()}
            </tbody>
        </table>
    }
}

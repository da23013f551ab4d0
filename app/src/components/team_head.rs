//! The head of the administration with its sides; only those that the viewer may use.

use domain::lang::Text;
use domain::rights::Right;
use leptos::prelude::*;

use crate::components::frame::use_frame;
use crate::components::page_head::PageHead;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;

/// A side of the administration: its right, its address, its name.
const SIDES: [(Right, &str, Text); 7] = [
    (Right::Users, routes::TEAM, t::PEOPLE),
    (Right::Users, routes::ROLES, t::ROLES),
    (Right::Api, routes::TOKENS, t::TOKENS),
    (Right::Users, routes::MAILS, t::MAILS),
    (Right::Users, routes::CLIENT, t::CLIENT),
    (Right::Clients, routes::CLIENTS, t::CLIENTS),
    (Right::SeeLog, routes::AUDIT, crate::text::audit::TITLE),
];

/// Where the administration begins for somebody with these rights; nowhere where they may use none of its sides.
pub fn first_side(may: impl Fn(Right) -> bool) -> Option<&'static str> {
    SIDES.into_iter().find(|(right, ..)| may(*right)).map(|(_, href, _)| href)
}

/// Title, actions, and links to the sides.
#[component]
pub fn TeamHead(
    /// The side at hand.
    here: &'static str,
    /// Its actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let sides: Vec<_> = frame.data.with_untracked(|data| SIDES.into_iter().filter(|(right, ..)| data.may(*right)).collect());
    let title = SIDES.into_iter().find(|(_, href, _)| *href == here).map_or(t::TITLE, |(.., title)| title);
    let links = sides.into_iter().map(|(_, href, title)| {
        view! { <li><a href=href aria-current=(href == here).then_some("page")>{title.get(lang)}</a></li> }
    });
    view! {
        <PageHead title=title.get(lang)>{children.map(|children| children())}</PageHead>
        <nav class="tabs" aria-label=t::SIDES.get(lang)><ul>{links.collect_view()}</ul></nav>
    }
}

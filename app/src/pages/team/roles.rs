//! `/team/roles`: all roles of the client.

use domain::lang::{fill, number};
use domain::rights::Right;
use leptos::prelude::*;

use crate::api::roles::{RoleLine, roles};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::team_head::TeamHead;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// A list; each leads to its rights.
#[component]
pub fn RolesPage() -> impl IntoView {
    let lang = use_lang();
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| roles(), true);
    let retry = Callback::new(move |()| list.refetch());
    view! {
        <TeamHead here=routes::ROLES>
            <a class="button button--primary" href=routes::role("new")><Icon name="plus"/><span>{t::NEW_ROLE.get(lang)}</span></a>
        </TeamHead>
        <div class="page__body page__body--ruled team">
            <Transition>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => view! { <Table list/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Table(list: Vec<RoleLine>) -> impl IntoView {
    let lang = use_lang();
    let all = Right::ALL.len().to_string();
    let row = |role: RoleLine| {
        let n = role.rights.iter().count().to_string();
        let kind = match (role.ready, role.changed) {
            (true, false) => t::READY.get(lang),
            (true, true) => t::CHANGED.get(lang),
            (false, _) => "",
        };
        view! {
            <tr>
                <th scope="row"><a href=routes::role(&role.code)>{role.name}</a></th>
                <td class="team__muted">{kind}</td>
                <td class="number">{fill(t::N_RIGHTS.get(lang), &[("n", &n), ("all", &all)])}</td>
                <td class="number">{number(i64::try_from(role.members).unwrap_or(i64::MAX), lang)}</td>
            </tr>
        }
    };
    view! {
        <table class="data-table roles-table">
            <caption class="visually-hidden">{t::ROLES_CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::ROLE.get(lang)}</th>
                    <th scope="col"><span class="visually-hidden">{t::STATE.get(lang)}</span></th>
                    <th scope="col" class="number">{t::RIGHTS.get(lang)}</th>
                    <th scope="col" class="number">{t::N_MEMBERS.get(lang)}</th>
                </tr>
            </thead>
            <tbody>{list.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

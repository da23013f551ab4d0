//! `/clients`: all clients of the installation, for operators.

use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::clients::{ClientLine, CreateClient, SwitchClient, clients};
use crate::components::error_view::ErrorView;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::team_head::TeamHead;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// `/clients`, `/clients?new=1`.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let query = use_query_map();
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| clients(), true);
    let retry = Callback::new(move |()| list.refetch());
    let create = ServerAction::<CreateClient>::new();
    let error = Signal::derive(move || {
        create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))))
    });
    Effect::new(move |_| {
        if create.value().with(|value| matches!(value, Some(Ok(_)))) {
            toasts.show(Toast::new(t::SAVED.get(lang)));
            list.refetch();
        }
    });
    view! {
        <TeamHead here=routes::CLIENTS>
            <a class="button button--primary" href="/clients?new=1"><Icon name="plus"/><span>{t::NEW_CLIENT.get(lang)}</span></a>
        </TeamHead>
        <div class="page__body page__body--ruled team">
            {move || new.get().then(|| view! {
                <ActionForm action=create attr:class="team__form">
                    <TextField name="name" label=t::CLIENT_NAME.get(lang) error/>
                    <div class="team__foot">
                        <button class="button button--primary" type="submit">{t::CREATE.get(lang)}</button>
                        <a class="button button--quiet" href=routes::CLIENTS>{t::CANCEL.get(lang)}</a>
                    </div>
                </ActionForm>
            })}
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
fn Table(list: Vec<ClientLine>) -> impl IntoView {
    let lang = use_lang();
    let switch = ServerAction::<SwitchClient>::new();
    Effect::new(move |_| {
        if switch.value().with(|value| matches!(value, Some(Ok(())))) {
            crate::browser::document::visit(routes::START);
        }
    });
    let count = move |n: u64| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let row = move |client: ClientLine| {
        let label = fill(t::SWITCH_TO.get(lang), &[("name", &client.name)]);
        view! {
            <tr>
                <th scope="row">{client.name}</th>
                <td class="number">{count(client.members)}</td>
                <td class="number">{count(client.pools)}</td>
                <td>{client.created}</td>
                <td class="team-table__actions">
                    {client.mine.then(|| view! {
                        <ActionForm action=switch>
                            <input type="hidden" name="client" value=client.id.to_string()/>
                            <button class="button button--quiet" type="submit" aria-label=label>{t::SWITCH.get(lang)}</button>
                        </ActionForm>
                    })}
                </td>
            </tr>
        }
    };
    view! {
        <table class="data-table team-table">
            <caption class="visually-hidden">{t::CLIENTS_CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::CLIENT.get(lang)}</th>
                    <th scope="col" class="number">{t::N_MEMBERS.get(lang)}</th>
                    <th scope="col" class="number">{t::POOLS.get(lang)}</th>
                    <th scope="col">{t::CREATED.get(lang)}</th>
                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{list.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

//! A pool in the list: its facts, and what can be done with it.

use domain::id::PoolId;
use domain::lang::{fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::pools::{DeletePool, RenamePool};
use crate::api::session::PoolLine;
use crate::browser;
use crate::components::field::typed_before;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as f;
use crate::text::pools as t;

/// A line of the table.
#[component]
pub fn PoolRow(
    /// Which pool.
    pool: PoolLine,
    /// How many fields it has.
    n_fields: Option<String>,
    /// The pool whose name is being changed.
    renamed: Memo<Option<PoolId>>,
    /// Deletes a pool.
    delete: ServerAction<DeletePool>,
    /// Renames one.
    rename: ServerAction<RenamePool>,
    /// The pool that is being deleted.
    asked: StoredValue<Option<PoolLine>>,
) -> impl IntoView {
    let lang = use_lang();
    let may = use_frame().may(Right::EditPools);
    let id = pool.id;
    let name = StoredValue::new(pool.name.clone());
    let head = move || {
        if may && renamed.get() == Some(id) {
            view! { <Rename id before=name.get_value() action=rename/> }.into_any()
        } else {
            view! { <a href=routes::pool(id)>{name.get_value()}</a> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{head}</th>
            <td class="number">{number(pool.n_profiles, lang)}</td>
            <td class="number">{n_fields}</td>
            <td>{pool.last_activity.clone()}</td>
            <td class="pools-table__actions"><Actions pool action=delete asked/></td>
        </tr>
    }
}

#[component]
fn Actions(pool: PoolLine, action: ServerAction<DeletePool>, asked: StoredValue<Option<PoolLine>>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let named = |text: domain::lang::Text| fill(text.get(lang), &[("name", &pool.name)]);
    let link = |icon: &'static str, href: String, label: String| {
        view! { <a class="icon-button" href=href aria-label=label.clone() title=label><Icon name=icon/></a> }
    };
    let id = pool.id.to_string();
    let label = named(t::DELETE_NAMED);
    view! {
        {frame.may(Right::EditPools).then(|| link("pencil", format!("{}?rename={id}", routes::POOLS), named(t::RENAME_NAMED)))}
        {frame.may(Right::CreatePools).then(|| link("plus", format!("{}?new=1&copy={id}", routes::POOLS), named(t::COPY_NAMED)))}
        {frame.may(Right::ExportProfiles).then(|| link("download", routes::export(pool.id, ""), named(t::EXPORT_NAMED)))}
        {frame.may(Right::ExportPools).then(|| link("file", routes::layout_file(pool.id), named(t::FILE_NAMED)))}
        {frame.may(Right::DeletePools).then(|| view! { <ActionForm action on:submit=move |_| asked.set_value(Some(pool.clone()))>
            <input type="hidden" name="pool" value=id/>
            <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="trash"/></button>
        </ActionForm> })}
    }
}

/// A form in the name's place.
#[component]
fn Rename(id: PoolId, before: String, action: ServerAction<RenamePool>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        navigate(routes::POOLS, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let error = move || action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let typed = typed_before(action).unwrap_or_else(|| before.clone());
    let version = action.version().get_untracked();
    let named = before.clone();
    Effect::new(move |_| {
        if action.version().get() == version {
            return;
        }
        let Some(Ok(now)) = action.value().get() else { return };
        frame.refresh_pools();
        let (before, undone) = (named.clone(), Toast::new(fill(f::RENAMED.get(lang), &[("name", &named)])));
        let toast = Toast::new(fill(f::RENAMED.get(lang), &[("name", &now)])).with_action(f::UNDO.get(lang), move || {
            let (before, undone) = (before.clone(), undone.clone());
            leptos::task::spawn_local(async move {
                match crate::api::pools::rename_pool(id, before, None).await {
                    Ok(_) => toasts.show(undone),
                    Err(error) => toasts.show(Toast::negative(error.message(lang))),
                }
                frame.refresh_pools();
            });
        });
        toasts.show(toast);
        leave.run(());
    });
    Effect::new(move |_| browser::document::focus("pool-name"));
    view! {
        <ActionForm action attr:class="rename-form">
            <input type="hidden" name="pool" value=id.to_string()/>
            <input type="hidden" name="back" value=routes::POOLS/>
            <span class="input input--small">
                <input id="pool-name" type="text" name="name" value=typed required aria-label=f::POOL_NAME.get(lang) autocomplete="off"
                    aria-invalid=move || error().map(|_| "true") aria-describedby="pool-name-error"
                    on:keydown=move |event| if event.key() == "Escape" { event.stop_propagation(); leave.run(()) }/>
            </span>
            <button class="button" type="submit">{f::SAVE.get(lang)}</button>
            <a class="button button--quiet" href=routes::POOLS>{f::CANCEL.get(lang)}</a>
            <span class="field__error" id="pool-name-error" role="alert">{error}</span>
        </ActionForm>
    }
}

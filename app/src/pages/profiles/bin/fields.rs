//! The deleted fields of a pool, and the way back.

use domain::id::{FieldId, PoolId};
use domain::lang::{Text, fill};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use crate::api::configuration::undo_step;
use crate::api::profiles::shapes::FieldBinLine;
use crate::api::profiles::{RestoreField, restore_field};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// Lines with a button each, for administrators.
#[component]
pub fn DeletedFields(
    /// Of which pool.
    pool: PoolId,
    /// What was deleted.
    lines: Vec<FieldBinLine>,
    /// The viewer may bring them back.
    may: bool,
    /// The bin has changed.
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    // The way back is offered longer than these lines last: it asks whether the page is still there.
    let refresh = move || _ = changed.try_run(());
    let named = move |text: Text, name: &str| fill(text.get(lang), &[("name", name)]);
    let undo = move |change: i64, name: String| {
        spawn_local(async move {
            match undo_step(pool, change).await {
                Ok(_) => toasts.show(Toast::new(named(w::FIELD_GONE, &name))),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
            refresh();
        });
    };
    let restore = Callback::new(move |(field, name): (FieldId, String)| {
        spawn_local(async move {
            match restore_field(pool, field).await {
                Ok(change) => {
                    let words = named(w::FIELD_RESTORED, &name);
                    toasts.show(Toast::new(words).with_action(w::UNDO.get(lang), move || undo(change, name.clone())));
                }
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
            refresh();
        });
    });
    // What a plain form was answered.
    let plain = ServerAction::<RestoreField>::new();
    let refused =
        move || plain.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let row = move |line: FieldBinLine| {
        let (id, name) = (line.id, line.label.clone());
        let button = may.then(|| {
            view! {
                <button class="button button--quiet" type="submit" name="field" value=id.get() aria-label=named(w::RESTORE_FIELD, &name)
                    on:click=move |event| { event.prevent_default(); restore.run((id, name.clone())); }><Icon name="undo"/><span>{w::RESTORE.get(lang)}</span></button>
            }
        });
        view! {
            <tr>
                <th scope="row">{line.label}</th>
                <td><span class="bin-table__type"><Icon name=line.icon/>{line.kind}</span></td>
                <td><code class="variable">{line.key}</code></td>
                <td>{line.deleted_at}</td>
                <td>{line.until}</td>
                <td class="number">{button}</td>
            </tr>
        }
    };
    view! {
        <section class="bin__fields" aria-labelledby="bin-fields">
            <div class="toolbar"><h2 class="bin__title" id="bin-fields">{w::BIN_FIELDS.get(lang)}</h2></div>
            {move || refused().map(|sentence| view! { <p class="notice notice--negative list__notice" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })}
            <form class="list__scroll" tabindex="0" method="post" action=RestoreField::PATH aria-labelledby="bin-fields">
                <input type="hidden" name="pool" value=pool.get()/>
                <table class="data-table bin-table">
                    <thead><tr>
                        <th scope="col">{w::FIELD.get(lang)}</th>
                        <th scope="col">{w::FIELD_TYPE.get(lang)}</th>
                        <th scope="col">{w::FIELD_KEY.get(lang)}</th>
                        <th scope="col">{w::DELETED_AT.get(lang)}</th>
                        <th scope="col">{w::KEPT_UNTIL.get(lang)}</th>
                        <th scope="col"><span class="visually-hidden">{w::RESTORE.get(lang)}</span></th>
                    </tr></thead>
                    <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                </table>
            </form>
        </section>
    }
}

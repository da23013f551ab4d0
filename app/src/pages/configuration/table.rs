//! The categories with their fields.

use domain::config::Step;
use domain::id::{CategoryId, FieldId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::GO;
use super::air::{Thing, fields_of, spelled};
use super::row::{Grip, Nudges, Row, found};
use super::shaper::{Shaper, refusal};
use crate::api::configuration::{CategoryLine, ShapePool};
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

/// The table of all fields.
#[component]
pub fn FieldTable(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let head = |col: &'static str, words: domain::lang::Text| view! { <th data-col=col scope="col">{words.get(lang)}</th> };
    let quiet = |col: &'static str, words: domain::lang::Text| {
        view! { <th data-col=col scope="col"><span class="visually-hidden">{words.get(lang)}</span></th> }
    };
    view! {
        <table class="field-table" hidden=move || nothing_found(shaper)>
            <caption class="visually-hidden">{t::TABLE.get(lang)}</caption>
            <thead>
                <tr>
                    {head("name", t::FIELD)}{head("type", t::TYPE)}{head("variable", t::KEY)}{head("usage", t::USED_IN)}
                    {head("flag", t::REQUIRED)}{head("flag", t::MATCHING)}{head("flag", t::TAGGING)}
                    {quiet("remove", t::REMOVE)}{quiet("grip", t::MOVE)}
                </tr>
            </thead>
            <For each=move || shaper.shape.with(|shape| shape.categories.clone()) key=|line| (line.id, line.custom) let:line>
                <Category shaper line/>
            </For>
        </table>
    }
}

/// Whether the search finds no field: the page says so in place of empty categories.
pub fn nothing_found(shaper: Shaper) -> bool {
    let sought = shaper.sought();
    shaper.shape.with(|shape| !shape.fields.iter().any(|line| found(line, &sought)))
}

/// A category and its fields.
#[component]
fn Category(shaper: Shaper, line: CategoryLine) -> impl IntoView {
    let id = line.id;
    let fields = Memo::new(move |_| shaper.shape.with(|shape| fields_of(shape, id)));
    let row = move |field: FieldId| shaper.shape.with_untracked(|shape| shape.fields.iter().find(|line| line.id == field).cloned());
    view! {
        <tbody>
            <CategoryRow shaper line n=Signal::derive(move || fields.with(Vec::len))/>
            <For each=move || fields.get() key=|id| *id let:field>
                {row(field).map(|line| view! { <Row shaper line/> })}
            </For>
        </tbody>
    }
}

#[component]
fn CategoryRow(shaper: Shaper, line: CategoryLine, n: Signal<usize>) -> impl IntoView {
    let lang = use_lang();
    let (id, custom) = (line.id, line.custom);
    let may = shaper.shape.with_untracked(|shape| shape.configures);
    let first = line.label.clone();
    let name = Memo::new(move |_| {
        let known = shaper.shape.with(|shape| shape.categories.iter().find(|line| line.id == id).map(|line| line.label.clone()));
        known.unwrap_or_else(|| first.clone())
    });
    let query = use_query_map();
    let renaming =
        Memo::new(move |_| may && query.with(|query| query.get("rename_category").is_some_and(|rename| rename == id.to_string())));
    let count = move || match n.get() {
        1 => t::ONE_FIELD.get(lang).to_owned(),
        n => fill(t::N_FIELDS.get(lang), &[("n", &number(n as i64, lang))]),
    };
    let page = routes::configuration(shaper.pool);
    let (rename, add) = (format!("{page}?rename_category={id}"), format!("{page}?new={id}"));
    let delete = Step::DeleteCategory { category: id };
    let value = spelled(&delete);
    let words = move |words: domain::lang::Text| move || fill(words.get(lang), &[("name", &name.get())]);
    let remove = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        shaper.take(delete.clone(), fill(t::SAID_DELETED.get(lang), &[("name", &name.get_untracked())]));
    };
    view! {
        <tr class="field-table__category" data-kind="category" data-item=id.get() data-into=id.get() data-air=move || (shaper.lifted.get() == Some(id.get())).then_some("")>
            <th data-col="name" scope="rowgroup" colspan="3">
                {move || if renaming.get() {
                    view! { <Rename shaper id name/> }.into_any()
                } else {
                    view! {
                        <span class="field-table__heading">
                            <span>{name}</span>
                            <span class="field-table__count">{count}</span>
                            {may.then(|| view! {
                                <a class="icon-button icon-button--small" href=rename.clone() aria-label=words(t::RENAME)><Icon name="pencil"/></a>
                                <Nudges shaper thing=Thing::Category(id)/>
                            })}
                        </span>
                    }.into_any()
                }}
            </th>
            <td data-col="usage"></td>
            <td data-col="flag"></td>
            <td data-col="flag"></td>
            <td data-col="add" class="field-table__add">{may.then(|| view! { <a class="icon-button icon-button--small" href=add aria-label=words(t::NEW_FIELD_IN)><Icon name="plus"/></a> })}</td>
            <td data-col="remove">{(may && custom).then(|| view! {
                <button class="icon-button" type="submit" form=GO name="form[go]" value=value aria-label=words(t::REMOVE_CATEGORY) on:click=remove><Icon name="minus"/></button>
            })}</td>
            <td data-col="grip">{may.then(|| view! { <Grip shaper thing=Thing::Category(id)/> })}</td>
        </tr>
    }
}

/// The name of a category as a field to type in.
#[component]
fn Rename(shaper: Shaper, id: CategoryId, name: Memo<String>) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<ShapePool>::new();
    let navigate = use_navigate();
    let page = routes::configuration(shaper.pool);
    let leave = Callback::new({
        let page = page.clone();
        move |()| navigate(&page, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() })
    });
    shaper.after(action, move || fill(t::SAID_CHANGED.get(lang), &[("name", &name.get_untracked())]), move |_| leave.run(()));
    let error = refusal(action);
    Effect::new(move |_| browser::document::focus("category-name"));
    view! {
        <ActionForm action attr:class="rename">
            <input type="hidden" name="pool" value=shaper.pool.get()/>
            <input type="hidden" name="form[what]" value="rename_category"/>
            <input type="hidden" name="form[category]" value=id.get()/>
            <span class="input input--small">
                <input id="category-name" type="text" name="form[label]" value=name.get_untracked() autocomplete="off" aria-label=t::CATEGORY_NAME.get(lang)
                    aria-invalid=move || error.get().map(|_| "true") aria-describedby="category-error"
                    on:keydown=move |event| if event.key() == "Escape" { event.stop_propagation(); leave.run(()) }/>
            </span>
            <button class="icon-button icon-button--small" type="submit" aria-label=t::APPLY.get(lang)><Icon name="check"/></button>
            <a class="icon-button icon-button--small" href=page aria-label=t::DISCARD.get(lang)><Icon name="close"/></a>
            <small>{t::RENAME_HINT.get(lang)}</small>
            <span class="field__error" id="category-error" role="alert">{error}</span>
        </ActionForm>
    }
}

//! `/pools/:pool/configuration`: categories, fields and options of a pool, reshaped by drag and drop, keys and forms.

use domain::config::MANY_FIELDS;
use domain::id::PoolId;
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::configuration::{Shape, ShapePool, show_configuration};
use crate::browser;
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::skeleton::ListSkeleton;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;
use crate::wire::Wire;

pub mod air;
pub mod dialogs;
pub mod field_dialog;
pub mod modal;
pub mod namesake;
pub mod new_field;
pub mod options;
pub mod row;
pub mod shaper;
pub mod table;

use dialogs::Dialogs;
use shaper::{Shaper, refusal};
use table::{FieldTable, nothing_found};

/// The id of the form that the buttons of the table send.
const GO: &str = "go";

/// The configuration of the pool in the address.
#[component]
pub fn ConfigurationPage() -> impl IntoView {
    let params = use_params_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let shape = Resource::<_, Wire>::new_with_options(
        move || pool.get(),
        |pool| async move {
            let pool = pool.ok_or(AppError::NotFound)?;
            show_configuration(pool).await.map(|shape| (pool, shape))
        },
        true,
    );
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match shape.await {
                    Ok((pool, shape)) => view! { <Configuration pool shape/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Configuration(pool: PoolId, shape: Shape) -> impl IntoView {
    let lang = use_lang();
    let may = shape.configures;
    let shaper = Shaper::new(pool, shape);
    let query = use_query_map();
    shaper.wanted.set(vec![query.with_untracked(|query| query.get("q").unwrap_or_default())]);
    let page = routes::configuration(pool);
    let (add, field) = (format!("{page}?category=new"), format!("{page}?new=field"));
    let another = add.clone();
    view! {
        <PoolHead tab=Tab::Configuration>
            {may.then(|| view! {
                <a class="button" href=add><Icon name="plus"/><span>{t::CATEGORY.get(lang)}</span></a>
                <a class="button button--primary" href=field><Icon name="plus"/><span>{t::NEW_FIELD.get(lang)}</span><kbd class="key">N</kbd></a>
            })}
        </PoolHead>
        <div class="page__body configuration" data-reorder tabindex="0" role="region" aria-label=t::TABLE.get(lang)>
            <PlainDone shaper/>
            <Toolbar shaper/>
            <form id=GO method="post" action=ShapePool::PATH><input type="hidden" name="pool" value=pool.get()/></form>
            <FieldTable shaper/>
            <NoneFound shaper/>
            {may.then(|| view! { <p class="configuration__more"><a class="button button--quiet" href=routes::layout_file(pool)><Icon name="file"/><span>{t::FILE.get(lang)}</span></a><a class="button button--quiet" href=another><Icon name="plus"/><span>{t::NEW_CATEGORY.get(lang)}</span></a></p> })}
            <div class="drop-line" hidden aria-hidden="true"></div>
        </div>
        <DragHint shaper/>
        <Dialogs shaper/>
    }
}

/// Search, state of the saving, and how many fields there are.
#[component]
fn Toolbar(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let n = Memo::new(move |_| shaper.shape.with(|shape| shape.fields.iter().filter(|field| !field.internal).count()));
    let limit = shaper.shape.with_untracked(|shape| shape.limit);
    let of = move || {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        fill(t::METER.get(lang), &[("n", &number(n.get() as i64, lang)), ("limit", &number(limit, lang))])
    };
    let saved = move || {
        let time = shaper.shape.with(|shape| shape.saved.clone());
        match (shaper.saving.get(), time.is_empty()) {
            (true, _) => t::SAVING.get(lang).to_owned(),
            (false, true) => t::SAVED.get(lang).to_owned(),
            (false, false) => fill(t::SAVED_AT.get(lang), &[("time", &time)]),
        }
    };
    let short = move || if shaper.saving.get() { t::SAVING } else { t::SAVED_SHORT }.get(lang);
    let node = NodeRef::<leptos::html::Input>::new();
    browser::forms::bind(node, shaper.wanted);
    let many = move || n.get() >= MANY_FIELDS;
    view! {
        <div class="toolbar">
            <form class="search-form" method="get" action=routes::configuration(shaper.pool) on:submit=|event| event.prevent_default()>
                <label class="input input--small search search--short">
                    <Icon name="search"/>
                    <input node_ref=node id="search" type="search" name="q" autocomplete="off" placeholder=t::FIND.get(lang) aria-label=t::FIND.get(lang)
                        value=shaper.wanted.get_untracked().pop() on:input=move |event| shaper.wanted.set(vec![event_target_value(&event)])/>
                    <kbd class="key">/</kbd>
                </label>
                <button class="button" type="submit" data-asleep>{t::FIND_BUTTON.get(lang)}</button>
            </form>
            <span class="toolbar__space"></span>
            <p class="toolbar__text toolbar__saved" role="status"><Icon name="check"/><span class="toolbar__long">{saved}</span><span class="toolbar__short">{short}</span></p>
            <span class="meter" class:meter--many=many>
                <progress class="progress" value=move || n.get().to_string() max=limit aria-label=t::METER_LABEL.get(lang)></progress>
                <span>{of}</span>
            </span>
        </div>
        {move || many().then(|| view! {
            <p class="notice notice--caution list__notice"><Icon name="info"/><span>{fill(t::MANY.get(lang), &[("n", &MANY_FIELDS.to_string())])}</span></p>
        })}
    }
}

/// The search finds no field.
#[component]
fn NoneFound(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let none = Memo::new(move |_| nothing_found(shaper));
    let clear = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        shaper.wanted.set(vec![String::new()]);
        browser::forms::focus("search");
    };
    let words = move || {
        let wanted = shaper.wanted.with(|wanted| wanted.first().map(|wanted| wanted.trim().to_owned()).unwrap_or_default());
        fill(t::NONE_FOUND.get(lang), &[("q", &wanted)])
    };
    view! {
        <div role="status">{move || none.get().then(|| view! {
            <section class="empty">
                <Icon name="search"/>
                <h2>{words}</h2>
                <div class="empty__actions"><a class="button button--primary" href=routes::configuration(shaper.pool) on:click=clear>{t::CLEAR_SEARCH.get(lang)}</a></div>
            </section>
        })}</div>
    }
}

/// After a plain form: that it is done and how to undo it, or why it isn't.
#[component]
fn PlainDone(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let action = ServerAction::<ShapePool>::new();
    let done = Memo::new(move |_| query.with(|query| query.get("done")?.parse::<i64>().ok()));
    // A form about a field that has gone meanwhile has no dialog to say so in.
    let gone = shaper.shape.with_untracked(|shape| {
        let retyped = shape.retyped.as_ref()?;
        shape.fields.iter().all(|line| line.id != retyped.field).then(|| t::GONE.get(lang).to_owned())
    });
    let refused = refusal(action);
    let refused = move || gone.clone().or_else(|| refused.get());
    view! {
        {move || refused().map(|sentence| view! { <p class="notice notice--negative list__notice" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })}
        {move || done.get().map(|change| view! {
            <form class="notice list__notice" method="post" action=ShapePool::PATH data-asleep>
                <input type="hidden" name="pool" value=shaper.pool.get()/>
                <p>{t::DONE_PLAIN.get(lang)}</p>
                <button class="button button--quiet" type="submit" name="form[go]" value=format!("undo:{change}")><Icon name="undo"/><span>{t::UNDO.get(lang)}</span></button>
            </form>
        })}
    }
}

/// What is in the air and which keys move it; read out as it changes.
#[component]
fn DragHint(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let by_keys = move || shaper.lifted.get().is_some() && !shaper.said.with(String::is_empty);
    view! {
        <p class="visually-hidden" id="drag-said" aria-live="assertive">{move || shaper.said.get()}</p>
        {move || by_keys().then(|| view! {
            <div class="drag-hint" aria-hidden="true">
                <b class="drag-hint__text">{move || shaper.said.get()}</b>
                <span><kbd class="key">"↑"</kbd><kbd class="key">"↓"</kbd>{t::HINT_MOVE.get(lang)}</span>
                <span><kbd class="key">{t::KEY_SPACE.get(lang)}</kbd>{t::HINT_DROP.get(lang)}</span>
                <span><kbd class="key">"Esc"</kbd>{t::HINT_BACK.get(lang)}</span>
            </div>
        })}
    }
}

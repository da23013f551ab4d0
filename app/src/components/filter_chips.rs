//! The filters that are set, and the ways to set another.

use domain::lang::{Lang, fill};
use domain::list::{Filter, Op};
use domain::permission::Status;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::menu::Menu;
use crate::components::status::status_icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;
use crate::parts::part;

mod form;

use form::filter_form;

const STATUS: &str = "STATUS";

/// A chip for each filter, one for the status, and one that adds a filter by a field.
#[component]
pub fn FilterChips(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let filters = Memo::new(move |_| lister.place.with(|place| place.query.filters.clone()));
    let fields =
        Memo::new(move |_| filters.with(|filters| filters.iter().filter(|filter| filter.field != STATUS).cloned().collect::<Vec<_>>()));
    view! {
        <StatusChip lister filters/>
        <For each=move || fields.get() key=|filter| format!("{filter:?}") children=move |filter| view! { <FieldChip lister filter lang/> }/>
        <AddFilter lister/>
    }
}

/// The status: every choice is a link.
#[component]
fn StatusChip(lister: Lister, filters: Memo<Vec<Filter>>) -> impl IntoView {
    let lang = use_lang();
    let current = Memo::new(move |_| {
        filters.with(|filters| filters.iter().find(|filter| filter.field == STATUS).and_then(|filter| Status::from_code(&filter.value)))
    });
    let summary = view! {
        <summary class="chip__part">
            {w::STATUS.get(lang)}
            {move || current.get().map(|status| view! { ": "<b>{status.label(lang)}</b> })}
            <Icon name="down"/>
        </summary>
    };
    view! {
        <span class="chip toolbar__many" class:chip--empty=move || current.get().is_none()>
            <Menu summary=summary.into_any() part=move || status_menu(lister, current)/>
            {move || current.get().map(|_| view! { <Remove href=with_status(lister, None) name=w::STATUS.get(lang).to_owned() lang/> })}
        </span>
    }
}

/// The list with another status, or with all.
fn with_status(lister: Lister, status: Option<Status>) -> String {
    lister.href(|place| {
        place.with(|query| {
            query.filters.retain(|filter| filter.field != STATUS);
            query.filters.extend(status.map(|status| Filter { field: STATUS.to_owned(), op: Op::Is, value: status.code().to_owned() }));
        })
    })
}

part! {
    /// Every status.
    menus, status_menu(lister: Lister, current: Memo<Option<Status>>) {
        let lang = use_lang();
        view! {
            <div class="menu">
                <a class="menu__item" href=move || with_status(lister, None) aria-current=move || current.get().is_none().then_some("true")>{w::ANY_STATUS.get(lang)}</a>
                {Status::ALL.into_iter().rev().map(|status| view! {
                    <a class=format!("menu__item status--{}", status.code().replace('_', "-")) href=move || with_status(lister, Some(status))
                        aria-current=move || (current.get() == Some(status)).then_some("true")>
                        <Icon name=status_icon(status)/>{status.label(lang)}
                    </a>
                }).collect_view()}
            </div>
        }
        .into_any()
    }
}

/// A filter by a field, in words.
#[component]
fn FieldChip(lister: Lister, filter: Filter, lang: Lang) -> impl IntoView {
    let column = lister.column(&filter.field);
    let name = column.as_ref().map_or_else(|| filter.field.clone(), |column| column.label.clone());
    let value = column
        .and_then(|column| column.choices.into_iter().find(|choice| choice.code == filter.value))
        .map_or_else(|| filter.value.clone(), |choice| choice.label);
    let op = if filter.op == Op::Is { ":".to_owned() } else { format!(" {}", op_word(filter.op).get(lang)) };
    let href = move || lister.href(|place| place.with(|query| query.filters.retain(|other| *other != filter)));
    view! {
        <span class="chip toolbar__many">
            <span class="chip__part">{name.clone()}{op}" "<b>{value}</b></span>
            <Remove href=href() name lang/>
        </span>
    }
}

/// The cross at the end of a chip.
#[component]
fn Remove(href: String, name: String, lang: Lang) -> impl IntoView {
    let label = fill(w::REMOVE_FILTER.get(lang), &[("name", &name)]);
    view! { <a class="chip__remove" href=href aria-label=label.clone() title=label><Icon name="close"/></a> }
}

/// Field, condition, value: a GET form that the address understands.
#[component]
fn AddFilter(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let summary = view! {
        <summary class="chip chip--empty chip__part" aria-label=w::ADD_FILTER_LABEL.get(lang)><Icon name="plus"/>{w::ADD_FILTER.get(lang)}</summary>
    };
    view! { <Menu class="toolbar__many" summary=summary.into_any() part=move || filter_form(lister)/> }
}

fn op_word(op: Op) -> domain::lang::Text {
    match op {
        Op::Is => w::OP_IS,
        Op::IsNot => w::OP_IS_NOT,
        Op::Less => w::OP_LESS,
        Op::Greater => w::OP_GREATER,
        Op::Contains => w::OP_CONTAINS,
        Op::Empty => w::OP_EMPTY,
        Op::Filled => w::OP_FILLED,
    }
}

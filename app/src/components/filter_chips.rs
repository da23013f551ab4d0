//! The filters that are set, and the ways to set another.

use domain::lang::{Lang, fill};
use domain::list::{Filter, Op};
use domain::permission::Status;
use leptos::prelude::*;

use crate::browser;
use crate::components::icon::Icon;
use crate::components::pager::HiddenQuery;
use crate::components::status::status_icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

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
    let to = move |status: Option<Status>| {
        move || {
            lister.href(|place| {
                place.with(|query| {
                    query.filters.retain(|filter| filter.field != STATUS);
                    query.filters.extend(status.map(|status| Filter {
                        field: STATUS.to_owned(),
                        op: Op::Is,
                        value: status.code().to_owned(),
                    }));
                })
            })
        }
    };
    view! {
        <span class="chip toolbar__many" class:chip--empty=move || current.get().is_none()>
            <details class="menu-box" data-menu>
                <summary class="chip__part">
                    {w::STATUS.get(lang)}
                    {move || current.get().map(|status| view! { ": "<b>{status.label(lang)}</b> })}
                    <Icon name="down"/>
                </summary>
                <div class="menu">
                    <a class="menu__item" href=to(None) aria-current=move || current.get().is_none().then_some("true")>{w::ANY_STATUS.get(lang)}</a>
                    {Status::ALL.into_iter().rev().map(|status| view! {
                        <a class=format!("menu__item status--{}", status.code().replace('_', "-")) href=to(Some(status))
                            aria-current=move || (current.get() == Some(status)).then_some("true")>
                            <Icon name=status_icon(status)/>{status.label(lang)}
                        </a>
                    }).collect_view()}
                </div>
            </details>
            {move || current.get().map(|_| view! { <Remove href=to(None)() name=w::STATUS.get(lang).to_owned() lang/> })}
        </span>
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
    let field = RwSignal::new(String::new());
    let op = RwSignal::new(Op::Is);
    let choices = Memo::new(move |_| field.with(|key| lister.column(key)).map(|column| column.choices).unwrap_or_default());
    let columns = lister.columns.get_value();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let value = browser::forms::value(&event, "filter_value").unwrap_or_default().trim().to_owned();
        let bare = matches!(op.get_untracked(), Op::Empty | Op::Filled);
        if field.with_untracked(String::is_empty) || (value.is_empty() && !bare) {
            return;
        }
        let filter = Filter { field: field.get_untracked(), op: op.get_untracked(), value: if bare { String::new() } else { value } };
        browser::forms::close_menu(&event);
        lister.change(|query| query.filters.push(filter));
    };
    view! {
        <details class="menu-box toolbar__many" data-menu>
            <summary class="chip chip--empty chip__part" aria-label=w::ADD_FILTER_LABEL.get(lang)><Icon name="plus"/>{w::ADD_FILTER.get(lang)}</summary>
            <form class="menu menu--form" method="get" action=move || lister.path() aria-label=w::ADD_FILTER_LABEL.get(lang) on:submit=submit>
                <HiddenQuery lister except="page,profile,new,edit"/>
                <label class="field">
                    <span class="field__label">{w::FIELD.get(lang)}</span>
                    <span class="input input--small">
                        <select name="filter_field" required on:change=move |event| field.set(event_target_value(&event))>
                            <option value="">"–"</option>
                            {columns.into_iter().map(|column| view! { <option value=column.key>{column.label}</option> }).collect_view()}
                        </select>
                        <Icon name="down"/>
                    </span>
                </label>
                <label class="field">
                    <span class="field__label">{w::CONDITION.get(lang)}</span>
                    <span class="input input--small">
                        <select name="filter_op" on:change=move |event| op.set(Op::from_code(&event_target_value(&event)).unwrap_or(Op::Is))>
                            {OPS.into_iter().map(|op| view! { <option value=op.code()>{op_word(op).get(lang)}</option> }).collect_view()}
                        </select>
                        <Icon name="down"/>
                    </span>
                </label>
                <label class="field" hidden=move || matches!(op.get(), Op::Empty | Op::Filled)>
                    <span class="field__label">{w::VALUE.get(lang)}</span>
                    <span class="input input--small">
                        {move || if choices.with(Vec::is_empty) {
                            view! { <input type="text" name="filter_value" autocomplete="off"/> }.into_any()
                        } else {
                            view! {
                                <select name="filter_value">
                                    {choices.get().into_iter().map(|choice| view! { <option value=choice.code>{choice.label}</option> }).collect_view()}
                                </select>
                                <Icon name="down"/>
                            }.into_any()
                        }}
                    </span>
                </label>
                <div class="menu__foot"><button class="button button--primary" type="submit">{w::ADD.get(lang)}</button></div>
            </form>
        </details>
    }
}

const OPS: [Op; 7] = [Op::Is, Op::IsNot, Op::Contains, Op::Less, Op::Greater, Op::Empty, Op::Filled];

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

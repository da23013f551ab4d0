//! The menu that sets a filter by a field.

use domain::list::{Filter, Op};
use leptos::prelude::*;

use super::op_word;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::pager::HiddenQuery;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;
use crate::parts::part;

part! {
    /// Field, condition, value.
    menus, filter_form(lister: Lister) {
        view! { <FilterForm lister/> }.into_any()
    }
}

#[component]
fn FilterForm(lister: Lister) -> impl IntoView {
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
    }
}

const OPS: [Op; 7] = [Op::Is, Op::IsNot, Op::Contains, Op::Less, Op::Greater, Op::Empty, Op::Filled];

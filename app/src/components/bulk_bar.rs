//! What can be done with the selected profiles.

use domain::bulk::How;
use domain::lang::{fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use crate::api::profiles::shapes::Look;
use crate::api::profiles::{DeleteProfiles, EditProfiles};
use crate::browser;
use crate::components::asleep::Asleep;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;
use crate::parts::part;

/// Comes with the first selection. Until the page is awake the style sheet shows what the server wrote as soon as a box is ticked.
#[component]
pub fn BulkBar(lister: Lister) -> impl IntoView {
    let wanted = Memo::new(move |_| lister.picked.with(|picked| !picked.is_empty()));
    view! { <Asleep wanted=wanted written=true part=move || bulk_bar(lister)/> }
}

part! {
    /// The bar at the foot of the list.
    menus, bulk_bar(lister: Lister) {
        view! { <Bar lister/> }.into_any()
    }
}

/// The form that the rows' checkboxes belong to.
#[component]
fn Bar(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let n = move || lister.picked.with(|picked| picked.n(lister.total.get()));
    let all = move || lister.picked.with(|picked| picked.all);
    let page_full = move || {
        lister
            .picked
            .with(|picked| lister.answer.with(|answer| !answer.rows.is_empty() && answer.rows.iter().all(|row| picked.has(row.id))))
    };
    let offer_all = move || !all() && page_full() && lister.total.get().is_some_and(|total| total > n());
    let narrowed = move || lister.place.with(|place| !place.query.q.is_empty() || !place.query.filters.is_empty());
    let all_words = move || {
        let total = number(lister.total.get().unwrap_or_default() as i64, lang);
        fill(if narrowed() { w::SELECT_ALL_HITS } else { w::SELECT_ALL }.get(lang), &[("n", &total)])
    };
    view! {
        <form class="bulk-bar" id="bulk" method="post" action=DeleteProfiles::PATH aria-label=w::EDIT_SELECTION.get(lang) data-open=move || (n() > 0).then_some("")
            on:submit=move |event| { event.prevent_default(); lister.delete_picked(lang); }>
            <input type="hidden" name="pool" value=lister.pool.get()/>
            <input type="hidden" name="all" value=move || all().to_string()/>
            <input type="hidden" name="query" value=move || lister.place.with(|place| place.to_query())/>
            <span class="bulk-bar__count" role="status">{move || match n() {
                0 => w::SELECTED_BOXES.get(lang).to_owned(),
                n => fill(w::SELECTED.get(lang), &[("n", &number(n as i64, lang))]),
            }}</span>
            <button class="text-link bulk-bar__all" type="button" hidden=move || !offer_all()
                on:click=move |_| lister.picked.set(crate::pages::profiles::picked::Picked::everything())>{all_words}</button>
            <hr/>
            {lister.may(Right::EditProfiles).then(|| view! { <EditMenu lister/> })}
            {lister.may(Right::ExportProfiles).then(|| view! {
                <a class="button button--quiet" href=move || lister.export_href() data-awake hidden=move || n() == 0><Icon name="download"/><span>{w::EXPORT.get(lang)}</span></a>
            })}
            {lister.may(Right::DeleteProfiles).then(|| view! {
                <button class="button button--danger" type="submit"><Icon name="trash"/><span>{w::DELETE.get(lang)}</span></button>
            })}
            <hr/>
            <button class="icon-button" type="reset" aria-label=w::CLEAR_SELECTION.get(lang) title=w::CLEAR_SELECTION.get(lang)
                on:click=move |_| lister.picked.set(Default::default())><Icon name="close"/></button>
        </form>
    }
}

/// A field of all selected profiles gets another value: controls of the form around them.
#[component]
fn EditMenu(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    view! {
        <details class="menu-box" data-menu>
            <summary class="button button--quiet"><Icon name="pencil"/><span>{w::EDIT_FIELD.get(lang)}</span><Icon name="down"/></summary>
            <EditControls lister/>
        </details>
    }
}

#[component]
fn EditControls(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let field = RwSignal::new(String::new());
    let how = RwSignal::new(How::Set.code().to_owned());
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let column = Memo::new(move |_| field.with(|key| lister.column(key)));
    let tags = move || column.with(|column| column.as_ref().is_none_or(|column| column.look == Look::Tags));
    let choices = Memo::new(move |_| column.with(|column| column.as_ref().map(|column| column.choices.clone()).unwrap_or_default()));
    let n = move || lister.picked.with(|picked| picked.n(lister.total.get()));
    let verb = move || match n() {
        0 => w::CHANGE_SELECTED.get(lang).to_owned(),
        1 => w::CHANGE_PROFILE.get(lang).to_owned(),
        n => fill(w::CHANGE_PROFILES.get(lang), &[("n", &number(n as i64, lang))]),
    };
    // The button belongs to the form of the selection, whose own submission deletes.
    let edit = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let how = if untrack(tags) { how.get_untracked() } else { How::Set.code().to_owned() };
        spawn_local(async move {
            match lister.edit_picked(field.get_untracked(), how, value.get_untracked(), lang).await {
                Ok(()) => {
                    error.try_set(None);
                    browser::forms::close_menus();
                }
                Err(wrong) => _ = error.try_set(Some(wrong.message(lang))),
            }
        });
    };
    let options = lister.columns.with_value(|columns| columns.iter().filter(|column| column.writable).cloned().collect::<Vec<_>>());
    view! {
        <div class="menu menu--up menu--form" role="group" aria-label=w::EDIT_FIELD.get(lang)>
            <label class="field">
                <span class="field__label">{w::FIELD.get(lang)}</span>
                <span class="input input--small">
                    <select name="field" autocomplete="off" on:change=move |event| { error.set(None); value.set(String::new()); field.set(event_target_value(&event)); }>
                        <option value="">"–"</option>
                        {options.into_iter().map(|column| view! { <option value=column.key>{column.label}</option> }).collect_view()}
                    </select>
                    <Icon name="down"/>
                </span>
            </label>
            <label class="field" hidden=move || !tags()>
                <span class="field__label">{w::HOW.get(lang)}</span>
                <span class="input input--small">
                    <select name="how" autocomplete="off" on:change=move |event| how.set(event_target_value(&event))>
                        {[(How::Set, w::HOW_SET), (How::Add, w::HOW_ADD), (How::Remove, w::HOW_REMOVE)].map(|(how, word)| view! { <option value=how.code()>{word.get(lang)}</option> })}
                    </select>
                    <Icon name="down"/>
                </span>
            </label>
            <label class="field">
                <span class="field__label">{w::NEW_VALUE.get(lang)}</span>
                <span class="input input--small">
                    {move || if choices.with(Vec::is_empty) {
                        view! { <input type="text" name="value" autocomplete="off" on:input=move |event| value.set(event_target_value(&event)) aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby="bulk-edit-note"/> }.into_any()
                    } else {
                        view! {
                            <select name="value" aria-describedby="bulk-edit-note" on:change=move |event| value.set(event_target_value(&event))>
                                <option value="">"–"</option>
                                {choices.get().into_iter().map(|choice| view! { <option value=choice.code>{choice.label}</option> }).collect_view()}
                            </select>
                            <Icon name="down"/>
                        }.into_any()
                    }}
                </span>
                <span id="bulk-edit-note" role="status">
                    {move || match error.get() {
                        Some(sentence) => view! { <span class="field__error"><Icon name="alert"/><span>{sentence}</span></span> }.into_any(),
                        None => view! { <span class="field__help">{w::EMPTIES.get(lang)}</span> }.into_any(),
                    }}
                </span>
            </label>
            <div class="menu__foot"><button class="button button--primary" type="submit" formaction=EditProfiles::PATH on:click=edit>{verb}</button></div>
        </div>
    }
}

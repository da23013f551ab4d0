//! A profile's head and its two areas: what happened, and what can be changed. The panel and the page share them.

use domain::id::PoolId;
use domain::rights::Right;
use leptos::prelude::*;

use crate::api::profiles::SetBackValue;
use crate::api::profiles::sheet::Sheet;
use crate::browser;
use crate::components::frame::use_frame;
use crate::components::profile_form::ProfileForm;
use crate::components::profile_form::state::FormState;
use crate::components::status::StatusMark;
use crate::components::timeline::{Timeline, WayBack};
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// Who it is.
#[component]
pub fn ProfileHead(sheet: Sheet) -> impl IntoView {
    let lang = use_lang();
    let head = sheet.head;
    let new = sheet.id.is_none();
    view! {
        <header class="panel__head">
            <div>
                <h2 id=if new { "new-entry" } else { "profile-name" }>{if new { w::NEW_ENTRY.get(lang).to_owned() } else { head.name }}</h2>
                {(!head.role.is_empty()).then(|| view! { <p class="panel__role">{head.role}</p> })}
                {(!new).then(|| view! {
                    <p class="panel__facts">
                        <StatusMark code=head.status lang/>
                        {head.facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect_view()}
                    </p>
                })}
            </div>
        </header>
    }
}

/// Details and form side by side, or one at a time where there is no room.
#[component]
pub fn ProfileAreas(
    pool: PoolId,
    sheet: Sheet,
    edit: Signal<bool>,
    details_href: impl Fn() -> String + Send + Sync + 'static,
    edit_href: impl Fn() -> String + Send + Sync + 'static,
    on_saved: Callback<Sheet>,
    /// Set while something typed is not saved.
    guard: RwSignal<bool>,
    /// The form comes gradually.
    #[prop(optional)]
    gradually: bool,
) -> impl IntoView {
    let lang = use_lang();
    let new = sheet.id.is_none();
    let may = new || use_frame().may(Right::EditProfiles);
    let form = FormState::new(pool, &sheet, on_saved);
    Effect::new(move |_| guard.set(form.n_changed() > 0));
    on_cleanup(move || _ = guard.try_set(false));
    browser::keys::save_by_keys(move || form.save(lang));
    let editing = move || new || (may && edit.get());
    let days = sheet.days.clone();
    let action = ServerAction::<SetBackValue>::new();
    let toasts = use_toasts();
    Effect::new(move |_| match action.value().get() {
        Some(Ok(sheet)) => on_saved.run(Sheet { saved: true, ..sheet }),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let back = sheet.id.filter(|_| may).map(|profile| WayBack { pool, profile, action, unsaved: guard });
    let older = sheet.id.filter(|_| sheet.older).map(|id| format!("{}?history=all", crate::routes::profile(pool, id)));
    view! {
        {(!new).then(|| view! {
            <nav class="tabs panel__tabs" aria-label=w::AREAS.get(lang)>
                <ul>
                    <li><a href=details_href aria-current=move || (!editing()).then_some("page")>{w::DETAILS.get(lang)}</a></li>
                    {may.then(|| view! { <li><a href=edit_href aria-current=move || editing().then_some("page")>{w::EDIT.get(lang)}</a></li> })}
                </ul>
            </nav>
        })}
        <div class="panel__areas" class:panel__areas--one=new || !may>
            {(!new).then(|| view! {
                <section class="panel__area" id="details" aria-labelledby="details-title" data-current=move || (!editing()).then_some("")>
                    <header><h3 id="details-title">{w::DETAILS.get(lang)}</h3></header>
                    <div class="panel__scroll timeline" tabindex="0" role="region" aria-label=w::HISTORY.get(lang)>{view! { <Timeline days older back/> }.into_any()}</div>
                </section>
            })}
            {may.then(|| view! { <section class="panel__area" id="edit" aria-labelledby="edit-title" data-current=move || editing().then_some("")>
                <header>
                    <h3 id="edit-title">{if new { w::PROFILE } else { w::EDIT }.get(lang)}</h3>
                    <span class="toolbar__text"><span class="field__required" aria-hidden="true">"* "</span>{w::REQUIRED.get(lang)}</span>
                </header>
                {view! { <ProfileForm form sheet gradually/> }.into_any()}
            </section> })}
        </div>
    }
}

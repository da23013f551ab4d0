//! The form of one profile: fields by category, errors beside them, one bar to save.

use domain::lang::fill;
use leptos::prelude::*;

use crate::api::profiles::sheet::Sheet;
use crate::browser;
use crate::components::conflict::ConflictTable;
use crate::components::field_input::FieldInput;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

pub mod state;

use state::{FieldState, FormState};

/// So many fields of a form that comes gradually are there at once: more than anybody sees before the others follow.
const AT_ONCE: usize = 40;

/// What a person types about a profile. A save that fails keeps all of it.
#[component]
pub fn ProfileForm(
    form: FormState,
    sheet: Sheet,
    /// The first fields are painted before the others are made.
    gradually: bool,
) -> impl IntoView {
    let lang = use_lang();
    let action = match sheet.id {
        Some(id) => format!("/pools/{}/profiles/{id}", form.pool),
        None => format!("/pools/{}/profiles/new", form.pool),
    };
    let new = sheet.id.is_none();
    let painted = RwSignal::new(false);
    if gradually {
        browser::document::after_painting(move || _ = painted.try_set(true));
    }
    let mut n_now = if gradually { AT_ONCE } else { usize::MAX };
    let inputs =
        move |fields: Vec<FieldState>| fields.into_iter().map(|field| view! { <FieldInput form field/> }.into_any()).collect_view();
    let groups = form.groups().into_iter().map(move |(label, mut now)| {
        let later = now.split_off(n_now.min(now.len()));
        n_now -= now.len();
        let later = (!later.is_empty()).then_some(move || painted.get().then(|| inputs(later.clone())));
        view! {
            <fieldset class="form-group">
                <legend>{label}</legend>
                <div class="form-grid">{inputs(now)}{later}</div>
            </fieldset>
        }
    });
    view! {
        <form class="panel__scroll profile-form" id="profile-form" method="post" action=action novalidate tabindex="-1"
            aria-label=fill(w::FORM_OF.get(lang), &[("name", &sheet.head.name)])
            on:submit=move |event| { event.prevent_default(); form.save(lang); }>
            <input type="hidden" name="revision" value=sheet.revision/>
            <input type="hidden" name="was" value=form.was_text()/>
            <ErrorSummary form/>
            {move || form.conflict.get().map(|conflict| {
                let chosen = conflict.clone();
                let on_choice = Callback::new(move |theirs: Vec<String>| form.resolve(&chosen, &theirs, lang));
                view! { <ConflictTable conflict lead=[w::CONFLICT, w::CONFLICT_ANON] on_choice/> }
            })}
            {groups.collect_view()}
        </form>
        <SaveBar form new/>
    }
}

/// What must be corrected, with links to the fields.
#[component]
fn ErrorSummary(form: FormState) -> impl IntoView {
    let lang = use_lang();
    let wrong = Memo::new(move |_| form.wrong());
    let lead = move || match wrong.with(Vec::len) {
        1 => w::NOT_SAVED_ONE.get(lang).to_owned(),
        n => fill(w::NOT_SAVED.get(lang), &[("n", &n.to_string())]),
    };
    let links = move || {
        wrong.get().into_iter().map(|(key, label)| {
            let id = format!("f-{key}");
            let href = format!("#{id}");
            view! { <a href=href rel="external" on:click=move |event| { event.prevent_default(); browser::forms::focus(&id); }>{label}</a>" " }
        }).collect_view()
    };
    view! {
        {move || (form.refused.get() && !wrong.with(Vec::is_empty)).then(|| view! {
            <div class="notice notice--negative" id="form-errors" role="alert" tabindex="-1"><Icon name="alert"/><p>{lead}" "{links}</p></div>
        })}
        {move || form.failed.get().map(|sentence| view! {
            <div class="notice notice--negative" role="alert"><Icon name="alert"/><p>{w::NOT_SAVED_SERVER.get(lang)}" "{sentence}</p></div>
        })}
    }
}

/// How much is changed, and the two ways out.
#[component]
fn SaveBar(form: FormState, new: bool) -> impl IntoView {
    let lang = use_lang();
    let n = move || form.n_changed();
    let count = move || match n() {
        0 if form.just_saved.get() => w::SAVED.get(lang).to_owned(),
        0 => w::UNCHANGED.get(lang).to_owned(),
        1 => w::FIELD_CHANGED.get(lang).to_owned(),
        n => fill(w::FIELDS_CHANGED.get(lang), &[("n", &n.to_string())]),
    };
    let verb = move || {
        if form.saving.get() {
            w::SAVING
        } else if new {
            w::CREATE
        } else {
            w::SAVE
        }
    };
    view! {
        <footer class="panel__foot">
            <p role="status">{count}</p>
            <button class="button button--quiet" type="reset" form="profile-form" disabled=move || form.awake.get() && n() == 0
                on:click=move |event| { event.prevent_default(); form.discard(); }>{w::DISCARD.get(lang)}</button>
            <button class="button button--primary" type="submit" form="profile-form" aria-busy=move || form.saving.get().then_some("true")
                disabled=move || form.awake.get() && n() == 0 && !new>
                {move || verb().get(lang)}<kbd class="key">{w::CTRL_S.get(lang)}</kbd>
            </button>
        </footer>
    }
}

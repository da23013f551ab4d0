//! Mappings that are kept: one is chosen for a file, saved under a name, renamed, deleted.

use domain::id::{ImportId, PoolId};
use domain::import::Reading;
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::pick::Picks;
use crate::api::imports::form::reading_code;
use crate::api::mappings::{DeleteMapping, Fit, Kept, KeptChoice, KeptLine, RenameMapping, SaveMapping};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;

/// Which kept mapping holds: the address says it. Below, what is to be known about it.
#[component]
pub fn ChooseKept(
    kept: Kept,
    /// The import's own address.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let lang = use_lang();
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let Kept { lines, chosen } = kept;
    let held = chosen.as_ref().map(|one| one.id);
    let old = chosen.clone().filter(|one| lines.iter().any(|line| line.id == one.id && line.version != one.version));
    let is_old = old.is_some();
    let named = move |name: &str, version: i64| fill(t::KEPT_VERSION.get(lang), &[("name", name), ("n", &version.to_string())]);
    let option = move |line: &KeptLine| {
        let fit = match line.fit {
            Fit::Same => Some(t::KEPT_SAME),
            Fit::Nearly => Some(t::KEPT_NEARLY),
            Fit::Not => None,
        };
        let label = named(&line.name, line.version);
        let label = fit.map_or(label.clone(), |fit| [label.as_str(), fit.get(lang)].join(" · "));
        let selected = held == Some(line.id) && !is_old;
        view! { <option value=line.id.to_string() selected=selected>{label}</option> }.into_any()
    };
    let options: Vec<AnyView> = lines.iter().map(&option).collect();
    let old = old.map(|one| {
        let value = format!("{}.{}", one.id, one.version);
        view! { <option value=value selected=true>{named(&one.name, one.version)}</option> }
    });
    let proposed = chosen.as_ref().filter(|one| one.proposed).map(|one| fill(t::KEPT_PROPOSED.get(lang), &[("name", &one.name)]));
    let lacking = chosen.filter(|one| !one.lacking.is_empty());
    let lacking = lacking.map(|one| fill(t::KEPT_LACKING.get(lang), &[("name", &one.name), ("columns", &one.lacking.join(", "))]));
    (!lines.is_empty()).then(move || {
        view! {
            <leptos_router::components::Form method="GET" action=href attr:class="reading-form" attr:aria-label=t::SAVED_MAPPING.get(lang)
                on:change=move |event| crate::browser::files::submit_of(&event)>
                <label class="reading-form__choice">
                    <span class="field__label">{t::SAVED_MAPPING.get(lang)}</span>
                    <span class="input input--small">
                        <select name="mapping">
                            <option value="0" selected=held.is_none()>{t::KEPT_NONE.get(lang)}</option>
                            {old}
                            {options}
                        </select>
                        <Icon name="down"/>
                    </span>
                </label>
                {move || (!awake.get()).then(|| view! { <button class="button" type="submit">{t::KEPT_CHOOSE.get(lang)}</button> })}
                {proposed.map(|sentence| view! { <p class="hint"><Icon name="info"/><span>{sentence}</span></p> })}
                {lacking.map(|sentence| view! { <p class="hint hint--caution"><Icon name="alert"/><span>{sentence}</span></p> })}
            </leptos_router::components::Form>
        }
    })
}

/// A name and a button within the form of the mapping: without the script the whole form goes there.
#[component]
pub fn KeepIt(
    pool: PoolId,
    import: ImportId,
    reading: Reading,
    picks: RwSignal<Picks>,
    chosen: Option<KeptChoice>,
    on_kept: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let save = ServerAction::<SaveMapping>::new();
    let kept = chosen.as_ref().map(KeptChoice::code);
    let name = RwSignal::new(chosen.map(|one| one.name).unwrap_or_default());
    Effect::new(move |_| {
        if let Some(Ok((id, version))) = save.value().get() {
            let words = [("name", name.get_untracked()), ("n", version.to_string())];
            toasts.show(Toast::new(fill(t::KEPT_NOW.get(lang), &words.each_ref().map(|(key, word)| (*key, word.as_str())))));
            navigate(&format!("{}?mapping={id}", routes::one_import(pool, import)), Default::default());
            on_kept.run(());
        }
    });
    let error =
        move || save.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| name_error(error, lang))));
    let keep = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let (columns, used, key) = picks.with_untracked(|picks| {
            let columns = picks.columns.iter().map(|pick| pick.field.clone()).collect();
            let used = (0..picks.columns.len()).filter(|at| picks.is_used(*at)).collect();
            (columns, used, picks.key.clone())
        });
        let reading = reading_code(&reading);
        let kept = kept.clone();
        save.dispatch(SaveMapping { pool, import, reading, columns, used: Some(used), key: Some(key), kept, name: name.get_untracked() });
    };
    view! {
        <div class="mapping__key">
            <label class="field__label" for="mapping-name">{t::KEEP_AS.get(lang)}</label>
            <span class="input input--small">
                <input id="mapping-name" type="text" name="name" autocomplete="off" aria-describedby="mapping-name-help" prop:value=name value=name.get_untracked()
                    on:input=move |event| name.set(event_target_value(&event))/>
            </span>
            <button class="button" type="submit" formaction="/api/mappings/save" on:click=keep disabled=move || save.pending().get()>{t::KEEP.get(lang)}</button>
            <span class="field__error" role="alert">{error}</span>
            <p id="mapping-name-help" class="field__help">{t::KEEP_HELP.get(lang)}</p>
        </div>
    }
}

/// What is wrong with the name, else with the whole.
fn name_error(error: &AppError, lang: domain::lang::Lang) -> String {
    error.of_field("name", lang).unwrap_or_else(|| error.message(lang))
}

/// All of them with their older versions, folded away.
#[component]
pub fn ManageKept(
    pool: PoolId,
    lines: Vec<KeptLine>,
    /// The import's own address.
    #[prop(into)]
    href: String,
    on_changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (rename, delete) = (ServerAction::<RenameMapping>::new(), ServerAction::<DeleteMapping>::new());
    let told = move |answer: Option<Result<(), AppError>>| match answer {
        Some(Ok(())) => on_changed.run(()),
        Some(Err(error)) => toasts.show(Toast::negative(name_error(&error, lang))),
        None => {}
    };
    Effect::new(move |_| told(rename.value().get()));
    Effect::new(move |_| told(delete.value().get()));
    let line = move |line: KeptLine| {
        let older = (1..line.version).rev().map(|n| {
            let there = format!("{href}?mapping={}.{n}", line.id);
            view! { <a class="text-link" href=there>{n}</a>" " }
        });
        let older = (line.version > 1).then(|| view! { <p class="field__help">{t::KEPT_VERSIONS.get(lang)}": "{older.collect_view()}</p> });
        let (name_of, delete_of) =
            (fill(t::KEPT_NAME.get(lang), &[("name", &line.name)]), fill(t::KEPT_DELETE.get(lang), &[("name", &line.name)]));
        view! {
            <li class="mapping__key">
                <ActionForm action=rename attr:class="mapping__rename">
                    <input type="hidden" name="pool" value=pool.to_string()/>
                    <input type="hidden" name="mapping" value=line.id.to_string()/>
                    <span class="input input--small"><input type="text" name="name" autocomplete="off" required aria-label=name_of value=line.name.clone()/></span>
                    <button class="button" type="submit">{t::KEPT_RENAME.get(lang)}</button>
                </ActionForm>
                <ActionForm action=delete>
                    <input type="hidden" name="pool" value=pool.to_string()/>
                    <input type="hidden" name="mapping" value=line.id.to_string()/>
                    <button class="button" type="submit"><Icon name="trash"/>{delete_of}</button>
                </ActionForm>
                {older}
            </li>
        }
    };
    let there = !lines.is_empty();
    there.then(move || {
        view! {
            <details class="mapping__kept">
                <summary>{t::KEPT_MANAGE.get(lang)}</summary>
                <ul>{lines.into_iter().map(line).collect_view()}</ul>
            </details>
        }
    })
}

//! What a comparison found, and what of it is wished back.

use domain::id::{BackupId, FieldId, PoolId, RestoreId};
use domain::lang::{Lang, fill, number};
use domain::restore::{Counts, Group};
use leptos::prelude::*;

use super::Compare;
use super::shown::Shown;
use crate::api::restore::{Compared, StartRestore};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::restore as t;

/// The counters, and the form of the choice: a plain one.
#[component]
pub fn ComparedView(
    pool: PoolId,
    backup: BackupId,
    restore: RestoreId,
    there: bool,
    compared: Compared,
    /// Has the page asked for again once it is started.
    again: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let Compared { counts, left_out, whole, stale, fields, may_delete, shown } = compared;
    let nothing = counts.back + counts.changed + counts.newer == 0;
    let notes = [
        (counts.gone > 0).then(|| fill(t::GONE_NOTE.get(lang), &[("n", &say(counts.gone, lang))])),
        (counts.options > 0).then(|| fill(t::OPTIONS_NOTE.get(lang), &[("n", &say(counts.options, lang))])),
        stale.then(|| t::STALE.get(lang).to_owned()),
        Some(t::CONSENT.get(lang).to_owned()),
    ];
    let exact = whole && may_delete && counts.newer > 0;
    view! {
        <section class="convert__run" aria-labelledby="found">
            <h2 id="found">{t::FOUND.get(lang)}</h2>
            <Counters pool backup restore counts whole/>
            {notes.into_iter().flatten().map(|note| view! { <p class="notice"><Icon name="info"/><span>{note}</span></p> }).collect_view()}
            {(!left_out.is_empty()).then(|| view! { <LeftOut left_out/> })}
            {nothing.then(|| view! { <p>{t::NOTHING_DIFFERS.get(lang)}</p> })}
            {there.then(|| view! { <div><Compare pool backup/></div> })}
        </section>
        {if there && !nothing {
            view! { <Choose pool restore counts fields exact shown again/> }.into_any()
        } else {
            shown.map(|(group, lines)| view! { <Shown pool group lines pick=false/> }).into_any()
        }}
    }
}

/// How many of each; each leads to its first profiles.
#[component]
fn Counters(pool: PoolId, backup: BackupId, restore: RestoreId, counts: Counts, whole: bool) -> impl IntoView {
    let lang = use_lang();
    let counted = move |n: u64, label: domain::lang::Text, group: Option<Group>| {
        let link = group.filter(|_| n > 0).map(|group| {
            let label = format!("{}: {}", t::SHOW.get(lang), label.get(lang));
            view! { <a class="text-link" href=routes::one_restore(pool, backup, restore, Some(group.code())) aria-label=label>{t::SHOW.get(lang)}</a> }
        });
        view! { <div><dt>{label.get(lang)}</dt><dd>{say(n, lang)}" "{link}</dd></div> }
    };
    view! {
        <dl class="import-run__counts">
            {counted(counts.rows, t::ROWS, None)}
            {counted(counts.back, t::BACK, Some(Group::Back))}
            {counted(counts.changed, t::CHANGED, Some(Group::Changed))}
            {counted(counts.unchanged, t::UNCHANGED, None)}
            {whole.then(|| counted(counts.newer, t::NEWER, Some(Group::Newer)))}
            {counted(counts.unsubscribed, t::UNSUBSCRIBED, Some(Group::Unsubscribed))}
        </dl>
    }
}

#[component]
fn LeftOut(left_out: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let names = left_out.into_iter().map(|(name, why)| format!("{name} ({why})")).collect::<Vec<_>>().join(", ");
    view! { <p class="notice notice--caution"><Icon name="alert"/><span>{format!("{} {names}", t::LEFT_OUT.get(lang))}</span></p> }
}

#[component]
fn Choose(
    pool: PoolId,
    restore: RestoreId,
    counts: Counts,
    fields: Vec<(FieldId, String)>,
    exact: bool,
    shown: Option<(Group, Vec<crate::api::restore::SampleLine>)>,
    again: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let start = ServerAction::<StartRestore>::new();
    Effect::new(move |_| match start.value().get() {
        Some(Ok(())) => again.run(()),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let error = move || start.value().with(|value| value.as_ref()?.as_ref().err().map(|error| error.message(lang)));
    let busy = move || start.pending().get().then_some("true");
    let boxed = move |name: &'static str, words: domain::lang::Text, n: u64| {
        let words = fill(words.get(lang), &[("n", &say(n, lang))]);
        view! { <label class="convert__kind"><input class="check" type="checkbox" name=name value="on" checked=n != 0 disabled=n == 0 autocomplete="off"/><span>{words}</span></label> }
    };
    let pickable = shown.as_ref().is_some_and(|(group, lines)| matches!(group, Group::Back | Group::Changed) && !lines.is_empty());
    let newcomers = fill(t::NEWCOMERS.get(lang), &[("n", &say(counts.newer, lang))]);
    view! {
        <ActionForm action=start attr:class="convert__choose">
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="restore" value=restore.to_string()/>
            <fieldset class="field">
                <legend class="field__label">{t::WHAT.get(lang)}</legend>
                <div class="convert__kinds">
                    {boxed("back", t::TAKE_BACK, counts.back)}
                    {boxed("changed", t::TAKE_CHANGED, counts.changed)}
                </div>
            </fieldset>
            {shown.map(|(group, lines)| view! { <Shown pool group lines pick=pickable/> })}
            {pickable.then(|| view! {
                <label class="convert__kind"><input class="check" type="checkbox" name="picked" value="on" autocomplete="off"/><span>{t::ONLY_PICKED.get(lang)}</span></label>
            })}
            <details>
                <summary class="button button--quiet">{t::ONLY_FIELDS.get(lang)}</summary>
                <fieldset class="field">
                    <legend class="field__label">{t::ONLY_FIELDS_LEAD.get(lang)}</legend>
                    <div class="convert__kinds">
                        {fields.into_iter().map(|(id, label)| view! {
                            <label class="convert__kind"><input class="check" type="checkbox" name="fields[]" value=id.to_string() autocomplete="off"/><span>{label}</span></label>
                        }).collect_view()}
                    </div>
                </fieldset>
            </details>
            {exact.then(|| view! {
                <fieldset class="field">
                    <legend class="field__label">{newcomers}</legend>
                    <div class="convert__kinds">
                        <label class="convert__kind"><input type="radio" name="newer" value="stay" checked=true/><span>{t::NEWCOMERS_STAY.get(lang)}</span></label>
                        <label class="convert__kind"><input type="radio" name="newer" value="bin"/><span>{t::NEWCOMERS_BIN.get(lang)}</span></label>
                    </div>
                </fieldset>
            })}
            <div role="alert">{move || error().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}</div>
            <div class="convert__foot">
                <button class="button button--primary" type="submit" aria-busy=busy>{t::START.get(lang)}</button>
                <p class="convert__until">{t::START_HINT.get(lang)}</p>
            </div>
        </ActionForm>
    }
}

/// A number of profiles as people read it.
pub(super) fn say(n: u64, lang: Lang) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX), lang)
}

//! What a conversion would do: how many values convert, which don't, what becomes of them.

use domain::convert::Preview;
use domain::id::{FieldId, PoolId};
use domain::lang::{Lang, fill, number};
use leptos::prelude::*;

use crate::api::convert::{FailureLine, KindLine, StartConversion};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::convert as t;

/// The preview, with the button that starts.
#[component]
pub fn TrialView(pool: PoolId, field: FieldId, now: KindLine, to: KindLine, preview: Preview, failures: Vec<FailureLine>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let start = ServerAction::<StartConversion>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = start.value().get() {
            toasts.show(Toast::negative(error.message(lang)));
        }
    });
    let error = move || start.value().with(|value| value.as_ref()?.as_ref().err().map(|error| error.message(lang)));
    let download = routes::not_converted(pool, field, &to.code);
    let title = fill(t::FROM_TO.get(lang), &[("from", &now.label), ("to", &to.label)]);
    let fails = preview.fails();
    let notes = notes(&preview, lang);
    let percent = preview.converts * 100 / preview.values.max(1);
    view! {
        <section class="convert" aria-labelledby="trial">
            <h2 id="trial">{title}</h2>
            {if preview.values == 0 {
                view! { <p>{t::ALL_EMPTY.get(lang)}</p> }.into_any()
            } else {
                view! {
                    <dl class="import-run__counts">
                        <Count n=preview.values label=t::VALUES.get(lang)/>
                        <Count n=preview.converts label=t::CONVERTS.get(lang)/>
                        <Count n=fails label=t::FAILS.get(lang) bad=fails != 0/>
                    </dl>
                    <meter class="convert__bar" min="0" max="100" value=percent aria-label=fill(t::BAR.get(lang), &[("percent", &percent.to_string())])></meter>
                }.into_any()
            }}
            {(!preview.samples.is_empty()).then(|| view! { <Samples samples=preview.samples/> })}
            {notes.into_iter().map(|note| view! { <p class="notice"><Icon name="info"/><span>{note}</span></p> }).collect_view()}
            {(fails > 0).then(|| view! {
                <p class="notice notice--caution"><Icon name="alert"/><span>{t::BECOMES.get(lang)}</span></p>
                <Failures pool failures all=fails/>
                <p><a class="button" href=download rel="external" download><Icon name="download"/>{t::DOWNLOAD.get(lang)}</a></p>
            })}
            <div role="alert">{move || error().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}</div>
            <div class="convert__foot">
                <ActionForm action=start>
                    <input type="hidden" name="pool" value=pool.to_string()/>
                    <input type="hidden" name="field" value=field.to_string()/>
                    <input type="hidden" name="to" value=to.code/>
                    <button class="button button--primary" type="submit">{t::START.get(lang)}</button>
                </ActionForm>
                <a class="button" href=routes::convert(pool, field)>{t::OTHER_KIND.get(lang)}</a>
            </div>
        </section>
    }
}

/// A number and what it counts.
#[component]
pub(super) fn Count(n: u64, label: &'static str, #[prop(optional)] bad: bool) -> impl IntoView {
    let lang = use_lang();
    view! { <div class:outcome__bad=bad><dt>{label}</dt><dd>{say(n, lang)}</dd></div> }
}

pub(super) fn say(n: u64, lang: Lang) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX), lang)
}

fn notes(preview: &Preview, lang: Lang) -> Vec<String> {
    let options = (preview.options > 0).then(|| fill(t::OPTIONS_MADE.get(lang), &[("n", &say(preview.options, lang))]));
    let default = preview.loses_default.then(|| t::LOSES_DEFAULT.get(lang).to_owned());
    let marks = preview.loses_marks.then(|| t::LOSES_MARKS.get(lang).to_owned());
    [options, default, marks].into_iter().flatten().collect()
}

#[component]
fn Samples(samples: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let rows = samples.into_iter().map(|(before, after)| view! { <tr><td>{before}</td><td>{after}</td></tr> });
    view! {
        <table class="data-table convert__table">
            <caption class="field__label">{t::SAMPLES.get(lang)}</caption>
            <thead><tr><th scope="col">{t::BEFORE.get(lang)}</th><th scope="col">{t::AFTER.get(lang)}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Failures(pool: PoolId, failures: Vec<FailureLine>, all: u64) -> impl IntoView {
    let lang = use_lang();
    let shown = fill(t::FIRST.get(lang), &[("n", &say(failures.len() as u64, lang)), ("all", &say(all, lang))]);
    let cut = all > failures.len() as u64;
    let rows = failures.into_iter().map(|one| {
        view! {
            <tr>
                <td><a class="text-link" href=routes::profile(pool, one.profile)>{one.profile.to_string()}</a></td>
                <td>{one.value}</td>
                <td>{one.reason}</td>
            </tr>
        }
    });
    view! {
        <table class="data-table convert__table">
            <caption class="field__label">{t::FAILURES.get(lang)}{cut.then(|| format!(" · {shown}"))}</caption>
            <thead><tr><th scope="col">{t::PROFILE.get(lang)}</th><th scope="col">{t::VALUE.get(lang)}</th><th scope="col">{t::REASON.get(lang)}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

//! Calls of REST to copy, in one language at a time.

use domain::id::PoolId;
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::copied;
use crate::api::integration::ExampleCall;
use crate::components::icon::Icon;
use crate::components::toast::use_toasts;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::integration as t;

/// The place of the chosen language among [`t::CODES`]; the address names it.
fn chosen() -> Memo<usize> {
    let query = use_query_map();
    Memo::new(move |_| {
        let asked = query.with(|query| query.get("code"));
        t::CODES.iter().position(|(code, _)| asked.as_deref() == Some(*code)).unwrap_or_default()
    })
}

/// The choice of a language.
#[component]
pub fn Languages(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let code = chosen();
    let choice = move |(nth, (name, label)): (usize, (&'static str, &'static str))| {
        let href = routes::integration_calls(pool, Some(name));
        view! { <a href=href data-noscroll aria-current=move || (code.get() == nth).then_some("true")>{label}</a> }
    };
    view! { <nav class="segments segments--text" aria-label=t::LANGUAGES.get(lang)>{t::CODES.into_iter().enumerate().map(choice).collect_view()}</nav> }
}

/// All examples.
#[component]
pub fn Calls(examples: Vec<ExampleCall>) -> impl IntoView {
    let lang = use_lang();
    let code = chosen();
    view! {
        <div class="list__scroll" tabindex="0" role="region" aria-label=t::EXAMPLES.get(lang)>
            <div class="calls">
                <p>{t::TOKEN.get(lang)}" "<code>"lagune token create --user E-MAIL"</code></p>
                {examples.into_iter().enumerate().map(|(nth, example)| view! { <Call nth example code/> }).collect_view()}
                <p><a class="text-link" href=routes::REST_DOCS rel="external">{t::WHOLE.get(lang)}</a></p>
            </div>
        </div>
    }
}

#[component]
fn Call(nth: usize, example: ExampleCall, code: Memo<usize>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let ExampleCall { title, hint, texts } = example;
    let texts = StoredValue::new(texts);
    let text = move || texts.with_value(|texts| texts.get(code.get()).cloned().unwrap_or_default());
    let named = fill(t::COPY_EXAMPLE_NAMED.get(lang), &[("name", &title)]);
    let done = fill(t::COPIED_EXAMPLE.get(lang), &[("name", &title)]);
    let copy = move |_| copied(toasts, untrack(text), done.clone());
    let (heading, label) = (format!("call-{nth}"), format!("call-{nth}"));
    view! {
        <section class="call" aria-labelledby=label>
            <div class="call__head">
                <h2 id=heading>{title.clone()}</h2>
                <button class="button button--quiet" type="button" data-awake aria-label=named on:click=copy><Icon name="copy"/><span>{t::COPY_EXAMPLE.get(lang)}</span></button>
            </div>
            <p>{hint}</p>
            <pre tabindex="0" role="group" aria-label=title><code>{text}</code></pre>
        </section>
    }
}

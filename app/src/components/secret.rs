//! A secret that is shown once: to be copied, and gone with the page.

use leptos::prelude::*;

use crate::browser::copy;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::team as t;

/// A link or token with a button that copies it.
#[component]
pub fn Secret(
    /// What it is.
    #[prop(into)]
    title: String,
    /// What to do with it.
    #[prop(into)]
    help: String,
    /// The secret.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let lang = use_lang();
    let copied = RwSignal::new(false);
    let label = move || if copied.get() { t::COPIED } else { t::COPY }.get(lang);
    let text = value.clone();
    let name = title.clone();
    view! {
        <section class="secret notice" role="status" aria-label=name>
            <h2>{title}</h2>
            <p>{help}</p>
            <div class="secret__line">
                <span class="input"><input type="text" readonly value=value aria-label=t::COPY.get(lang)/></span>
                <button class="button" type="button" data-awake="" on:click=move |_| copy::copy(text.clone(), move |done| copied.set(done))><Icon name="file"/><span>{label}</span></button>
            </div>
        </section>
    }
}

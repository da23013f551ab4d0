//! The steps of something that takes several pages.

use domain::lang::Text;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n::use_lang;

/// The steps in their order, with the present one marked.
#[component]
pub fn Steps(
    /// What they are the steps of.
    of: Text,
    #[prop(into)] steps: Vec<Text>,
    /// The present step, from 0.
    at: usize,
) -> impl IntoView {
    let lang = use_lang();
    let marks = steps.into_iter().enumerate().map(move |(n, text)| {
        let mark = if n < at { view! { <Icon name="check"/> }.into_any() } else { (n + 1).to_string().into_any() };
        view! {
            <li data-done=n < at aria-current=(n == at).then_some("step")>
                <span class="steps__mark">{mark}</span>
                <span>{text.get(lang)}</span>
            </li>
        }
    });
    view! { <ol class="steps" aria-label=of.get(lang)>{marks.collect_view()}</ol> }
}

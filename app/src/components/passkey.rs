//! The button that asks the browser for a passkey and sends its answer. Without the script it is not there.

use domain::lang::Text;
use leptos::prelude::*;

use crate::browser::passkey::{Failure, Options, Wanted, ask, post};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::passkeys as t;

/// Asks when it is clicked; the answer goes where a plain form would, with a word for what it is.
#[component]
pub fn PasskeyButton(
    /// For what the browser is asked.
    wanted: Wanted,
    /// Where what it is told comes from.
    options: Options,
    /// The address that takes the answer.
    #[prop(into)]
    to: String,
    /// What else goes along.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// What stands on it.
    label: Text,
    /// Its classes.
    #[prop(default = "button")]
    class: &'static str,
) -> impl IntoView {
    let lang = use_lang();
    let (waiting, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let given = StoredValue::new((options, to, fields));
    let clicked = move |_| {
        if waiting.get_untracked() {
            return;
        }
        waiting.set(true);
        failed.set(None);
        let options = given.with_value(|(options, ..)| options.clone());
        ask(wanted, options, move |answer| {
            // The page may be gone.
            waiting.try_set(false);
            match answer {
                Ok(credential) => {
                    given.try_with_value(|(_, to, fields)| {
                        let more = fields.iter().map(|(name, value)| (*name, value.as_str()));
                        post(to, &more.chain([("credential", credential.as_str())]).collect::<Vec<_>>());
                    });
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    };
    view! {
        <button class=class type="button" data-awake="" aria-disabled=move || waiting.get().then_some("true") on:click=clicked>
            <Icon name="lock"/><span>{label.get(lang)}</span>
        </button>
        {move || failed.get().map(|failure| view! { <div class="notice notice--negative" role="alert"><Icon name="alert"/><p>{words(failure).get(lang)}</p></div> })}
    }
}

fn words(failure: Failure) -> Text {
    match failure {
        Failure::TooOld => t::TOO_OLD,
        Failure::Stopped => t::STOPPED,
        Failure::ThereAlready => t::THERE_ALREADY,
        Failure::Throttled => t::THROTTLED,
        Failure::NoAnswer => t::NO_ANSWER,
    }
}

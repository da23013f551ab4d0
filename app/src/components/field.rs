//! A line of a form: label, control, help, error.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::components::icon::Icon;
use crate::error::AppError;

/// What was typed into a plain form that was refused, when this page is the answer to it. Awake, the input itself keeps it.
pub fn typed_before<S>(action: ServerAction<S>) -> Option<String>
where
    S: ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + 'static,
{
    let answer = use_query_map().with_untracked(|query| query.get("__err").is_some());
    action.value().with_untracked(|value| value.as_ref()?.as_ref().err()?.typed()).filter(|_| answer)
}

/// A field with an input of one line. The error stands below and is read out with the input.
#[component]
pub fn TextField(
    /// The form's name for it, also its id.
    #[prop(into)]
    name: String,
    /// What stands above it.
    #[prop(into)]
    label: String,
    /// `text`, `email`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What it begins with.
    #[prop(optional, into)]
    value: String,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What stands below it.
    #[prop(optional, into)]
    help: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The fewest characters.
    #[prop(optional)]
    minlength: Option<u32>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether the cursor begins here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let (help_id, error_id) = (format!("{name}-help"), format!("{name}-error"));
    let described = {
        let ids = (help_id.clone(), error_id.clone());
        let has_help = !help.is_empty();
        move || match (error.with(Option::is_some), has_help) {
            (true, _) => Some(ids.1.clone()),
            (false, true) => Some(ids.0.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=name.clone()>{label}</label>
            <span class="input">
                <input id=name.clone() type=kind name=name value=value autocomplete=autocomplete autofocus=autofocus minlength=minlength
                    required=!optional aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=described/>
            </span>
            {(!help.is_empty()).then(|| view! { <p class="field__help" id=help_id>{help}</p> })}
            {move || error.get().map(|sentence| view! { <p class="field__error" id=error_id.clone()><Icon name="alert"/>{sentence}</p> })}
        </div>
    }
}

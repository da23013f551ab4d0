//! What was done, and the way back.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::frame as t;

/// How long a message stays; one that offers a way back stays longer.
const SHORT: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(12);

/// A message about what has just happened.
#[derive(Clone)]
pub struct Toast {
    text: String,
    negative: bool,
    /// Not a `Callback`: that would end with the part of the page which made it, and the way back often leads from there.
    action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
}

impl Toast {
    /// Something was done.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), negative: false, action: None }
    }

    /// Something went wrong.
    pub fn negative(text: impl Into<String>) -> Self {
        Self { text: text.into(), negative: true, action: None }
    }

    /// With a button, mostly the way back.
    #[must_use]
    pub fn with_action(mut self, label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Arc::new(act)));
        self
    }
}

/// Where messages are shown: one at a time, the newest.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    /// Ends the one on the screen.
    end: StoredValue<Option<TimeoutHandle>>,
}

impl Toasts {
    /// Shows a message in place of the one before.
    pub fn show(self, toast: Toast) {
        let time = if toast.action.is_some() || toast.negative { LONG } else { SHORT };
        self.shown.set(Some(toast));
        self.keep_for(time);
    }

    /// Takes the message away.
    pub fn hide(self) {
        self.hold();
        self.shown.set(None);
    }

    fn keep_for(self, time: Duration) {
        self.hold();
        let end = set_timeout_with_handle(
            move || {
                self.shown.try_set(None);
            },
            time,
        );
        self.end.set_value(end.ok());
    }

    /// Nobody's message goes away while they are at it.
    fn hold(self) {
        if let Some(end) = self.end.get_value() {
            end.clear();
        }
    }
}

/// Puts the messages into the context of the whole page.
pub fn provide_toasts() {
    provide_context(Toasts { shown: RwSignal::new(None), end: StoredValue::new(None) });
}

/// The messages of the page.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts { shown: RwSignal::new(None), end: StoredValue::new(None) })
}

/// The newest message. The region stands from the beginning, so that its content is read out when it comes.
#[component]
pub fn ToastRegion(
    /// It belongs to a modal dialog, beside which nothing else of the page can be seen in full or pressed.
    #[prop(optional)]
    of_dialog: bool,
) -> impl IntoView {
    let toasts = use_toasts();
    let node = NodeRef::new();
    if of_dialog {
        browser::dialog::raise(node, Signal::derive(move || toasts.shown.with(Option::is_some)));
    }
    let lang = use_lang();
    let message = move |toast: Toast| {
        view! {
            <div class="toast" class:toast--negative=toast.negative on:mouseenter=move |_| toasts.hold() on:focusin=move |_| toasts.hold() on:mouseleave=move |_| toasts.keep_for(SHORT)>
                {toast.negative.then(|| view! { <Icon name="alert"/> })}
                <span>{toast.text}</span>
                {toast.action.map(|(label, act)| view! {
                    <button class="toast__action" type="button" on:click=move |_| { toasts.hide(); act(); }>
                        <Icon name="undo"/>
                        {label}
                    </button>
                })}
                <button class="icon-button icon-button--small" type="button" aria-label=t::CLOSE.get(lang) on:click=move |_| toasts.hide()>
                    <Icon name="close"/>
                </button>
            </div>
        }
    };
    view! { <div class="toasts" role="status" aria-live="polite" node_ref=node popover=of_dialog.then_some("manual")>{move || toasts.shown.get().map(message)}</div> }
}

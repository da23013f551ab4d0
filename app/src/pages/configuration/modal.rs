//! A dialog that has an address: open as long as one is there.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::browser;
use crate::components::icon::Icon;
use crate::components::toast::ToastRegion;
use crate::i18n::use_lang;
use crate::text::configuration as t;

/// The frame of a dialog. Closing it leads back.
#[component]
pub fn Modal(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The address without the dialog.
    back: String,
    /// Classes beside `dialog`.
    #[prop(optional)]
    class: &'static str,
    /// Its heading's id.
    id: &'static str,
    /// Something is typed in it that is kept nowhere else.
    #[prop(default = RwSignal::new(false))]
    unsaved: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let lang = use_lang();
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    browser::dialog::show(dialog);
    let leave = leave(back.clone());
    let question = t::LEAVE_UNSAVED.get(lang);
    browser::unsaved::guard(unsaved, question, |_, _| false);
    let closed = move |_| {
        if browser::unsaved::may_leave(unsaved, question) {
            leave.run(());
        } else {
            browser::dialog::show_again(dialog);
        }
    };
    view! {
        <dialog class=format!("dialog {class}") open node_ref=dialog aria-labelledby=id on:close=closed>
            <header class="dialog__head">
                <h2 id=id>{title}</h2>
                <a class="icon-button" href=back aria-label=t::CLOSE.get(lang)><Icon name="close"/></a>
            </header>
            {children()}
            <ToastRegion of_dialog=true/>
        </dialog>
    }
}

/// Goes to an address in place of the present one.
pub fn leave(back: String) -> Callback<()> {
    let navigate = use_navigate();
    Callback::new(move |()| navigate(&back, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() }))
}

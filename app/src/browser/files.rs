//! Files that are chosen or dropped, and sent.

#[cfg(feature = "hydrate")]
mod parts;

use leptos::prelude::StoredValue;

/// Where files go, and where their imports are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Takes files in parts.
    pub uploads: StoredValue<String>,
    /// With the number of an import behind it, the page of that import.
    pub page: StoredValue<String>,
}

/// Where a file is on its way to the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Upload {
    /// There is none.
    #[default]
    None,
    /// On its way.
    Sending {
        /// The file's name.
        name: String,
        /// How much has arrived.
        percent: Option<u8>,
        /// Whether the connection is gone, and it is tried again by itself.
        waits: bool,
    },
    /// It didn't arrive; the sentence is the server's, or empty.
    Failed(String),
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::html::Input;
    use leptos::prelude::{NodeRef, RwSignal};

    use super::{Upload, Way};

    /// There are no files on the server.
    pub fn upload_on_choice(_input: NodeRef<Input>, _way: Way, _upload: RwSignal<Upload>) {}

    /// There are no files on the server.
    pub fn upload_on_drop(_way: Way, _upload: RwSignal<Upload>, _over: RwSignal<bool>) {}

    /// There are no forms to submit on the server.
    pub fn submit_of(_event: &leptos::ev::Event) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::ev;
    use leptos::html::Input;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DragEvent, HtmlFormElement};

    use super::parts::send;
    use super::{Upload, Way};

    /// A chosen file is sent at once.
    pub fn upload_on_choice(input: NodeRef<Input>, way: Way, upload: RwSignal<Upload>) {
        Effect::new(move |_| {
            let Some(node) = input.get() else { return };
            let send_chosen = move || {
                let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
                if let Some(file) = file {
                    spawn_local(send(way, file, upload));
                }
            };
            // Chosen before the page was awake: it is sent now.
            if node.files().is_some_and(|files| files.length() > 0) {
                send_chosen();
            }
            let changed = Closure::<dyn Fn()>::new(send_chosen);
            node.set_onchange(Some(changed.as_ref().unchecked_ref()));
            changed.forget();
        });
    }

    /// A file dropped anywhere on the page is sent.
    pub fn upload_on_drop(way: Way, upload: RwSignal<Upload>, over: RwSignal<bool>) {
        let handles = StoredValue::new_local(Vec::<WindowListenerHandle>::new());
        Effect::new(move |_| {
            let carries_file = |event: &DragEvent| event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
            let entered = window_event_listener(ev::dragover, move |event| {
                if carries_file(&event) {
                    event.prevent_default();
                    over.set(true);
                }
            });
            let left = window_event_listener(ev::dragleave, move |event| {
                if event.related_target().is_none() {
                    over.set(false);
                }
            });
            let dropped = window_event_listener(ev::drop, move |event| {
                if !carries_file(&event) {
                    return;
                }
                event.prevent_default();
                over.set(false);
                let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
                if let Some(file) = file {
                    spawn_local(send(way, file, upload));
                }
            });
            handles.set_value(vec![entered, left, dropped]);
        });
        on_cleanup(move || {
            handles.try_update_value(|handles| handles.drain(..).for_each(WindowListenerHandle::remove));
        });
    }

    /// Sends the form in which something changed.
    pub fn submit_of(event: &ev::Event) {
        let form = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let form = form.and_then(|element| element.closest("form").ok().flatten()).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            _ = form.request_submit();
        }
    }
}

pub use imp::{submit_of, upload_on_choice, upload_on_drop};

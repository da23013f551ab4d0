//! Files that are chosen or dropped, and sent.

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
    },
    /// It didn't arrive; the sentence is the server's, or empty.
    Failed(String),
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::html::{Form, Input};
    use leptos::prelude::{NodeRef, RwSignal};

    use super::Upload;

    /// There are no files on the server.
    pub fn upload_on_choice(_form: NodeRef<Form>, _input: NodeRef<Input>, _upload: RwSignal<Upload>) {}

    /// There are no files on the server.
    pub fn upload_on_drop(_form: NodeRef<Form>, _upload: RwSignal<Upload>, _over: RwSignal<bool>) {}

    /// There are no forms to submit on the server.
    pub fn submit_of(_event: &leptos::ev::Event) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::ev;
    use leptos::html::{Form, Input};
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DragEvent, File, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

    use super::Upload;
    use crate::browser::connection::suspect;
    use crate::browser::json::Object;

    /// A chosen file is sent at once.
    pub fn upload_on_choice(form: NodeRef<Form>, input: NodeRef<Input>, upload: RwSignal<Upload>) {
        Effect::new(move |_| {
            let Some(node) = input.get() else { return };
            let send_chosen = move || {
                let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
                if let (Some(form), Some(file)) = (form.get_untracked(), file) {
                    send(&form.action(), &file, upload);
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
    pub fn upload_on_drop(form: NodeRef<Form>, upload: RwSignal<Upload>, over: RwSignal<bool>) {
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
                if let (Some(form), Some(file)) = (form.get_untracked(), file) {
                    send(&form.action(), &file, upload);
                }
            });
            handles.set_value(vec![entered, left, dropped]);
        });
        on_cleanup(move || {
            handles.try_update_value(|handles| handles.drain(..).for_each(WindowListenerHandle::remove));
        });
    }

    /// `fetch` can't tell how much of a file has been sent; the older way can.
    fn send(action: &str, file: &File, upload: RwSignal<Upload>) {
        let (Ok(request), Ok(form)) = (XmlHttpRequest::new(), FormData::new()) else { return };
        let name = file.name();
        upload.set(Upload::Sending { name: name.clone(), percent: Some(0) });
        let progressed = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            let percent = (event.length_computable() && event.total() > 0.0).then(|| (event.loaded() / event.total() * 100.0) as u8);
            upload.try_set(Upload::Sending { name: name.clone(), percent });
        });
        let answered = {
            let request = request.clone();
            Closure::<dyn Fn()>::new(move || answer(&request, upload))
        };
        let failed = Closure::<dyn Fn()>::new(move || {
            upload.try_set(Upload::Failed(String::new()));
            suspect();
        });
        if let Ok(sent) = request.upload() {
            sent.set_onprogress(Some(progressed.as_ref().unchecked_ref()));
        }
        request.set_onload(Some(answered.as_ref().unchecked_ref()));
        request.set_onerror(Some(failed.as_ref().unchecked_ref()));
        progressed.forget();
        answered.forget();
        failed.forget();
        let opened = form.append_with_blob_and_filename("file", file, &file.name()).and_then(|()| request.open("POST", action));
        if opened
            .and_then(|()| request.set_request_header("accept", "application/json"))
            .and_then(|()| request.send_with_opt_form_data(Some(&form)))
            .is_err()
        {
            upload.set(Upload::Failed(String::new()));
        }
    }

    /// The answer names the import's page, or says what is wrong with the file.
    fn answer(request: &XmlHttpRequest, upload: RwSignal<Upload>) {
        let answer = request.response_text().ok().flatten().and_then(|text| Object::parse(&text));
        let of = |name| answer.as_ref().and_then(|answer| answer.text(name));
        match of("url") {
            Some(url) => crate::browser::document::visit(&url),
            None => _ = upload.try_set(Upload::Failed(of("detail").unwrap_or_default())),
        }
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

//! A file whose text is put into a field of a form.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::html::Input;
    use leptos::prelude::NodeRef;

    /// There are no files on the server.
    pub fn text_of_choice(_input: NodeRef<Input>, _read: impl Fn(String) + Clone + 'static) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::html::Input;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen_futures::JsFuture;

    /// Reads the file that was just chosen.
    pub fn text_of_choice(input: NodeRef<Input>, read: impl Fn(String) + Clone + 'static) {
        let Some(input) = input.get_untracked() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            if let Ok(text) = JsFuture::from(file.text()).await {
                read(text.as_string().unwrap_or_default());
            }
        });
        // The same file may be chosen again after it was changed.
        input.set_value("");
    }
}

pub use imp::text_of_choice;

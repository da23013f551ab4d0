//! The document and its address.

#[cfg(not(feature = "hydrate"))]
mod imp {
    /// There is no document on the server.
    pub fn reload() {}

    /// There is no document on the server.
    pub fn print() {}

    /// There is no document on the server.
    pub fn visit(_href: &str) {}

    /// There is no document on the server.
    pub fn focus(_id: &str) {}

    /// There is no document on the server.
    pub fn show_theme(_code: &str) {}

    /// What the server writes is there when it arrives.
    pub fn is_there(_id: &str) -> bool {
        true
    }

    /// There is no document on the server.
    pub fn after_painting(_call: impl FnOnce() + 'static) {}

    /// There is no document on the server.
    pub fn on_return(_call: impl Fn() + 'static) {}
    /// There is no document on the server.
    pub fn say_awake() {}

    /// The server has them at hand.
    pub fn fetch_type_icons() {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;

    /// Loads the page anew.
    pub fn reload() {
        _ = window().location().reload();
    }

    /// Asks the reader how to print the page.
    pub fn print() {
        _ = window().print();
    }

    /// Loads another page.
    pub fn visit(href: &str) {
        _ = window().location().set_href(href);
    }

    /// Puts the focus on an element and marks what is in it.
    pub fn focus(id: &str) {
        let Some(element) = document().get_element_by_id(id) else { return };
        if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
            input.select();
        }
        if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
            _ = element.focus();
        }
    }

    /// Shows the page in a theme, at once.
    pub fn show_theme(code: &str) {
        if let Some(root) = document().document_element() {
            _ = if code == "system" { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", code) };
        }
    }

    /// Whether the document has such an element.
    pub fn is_there(id: &str) -> bool {
        document().get_element_by_id(id).is_some()
    }

    /// Calls once what has changed is painted.
    pub fn after_painting(call: impl FnOnce() + 'static) {
        request_animation_frame(move || set_timeout(call, std::time::Duration::ZERO));
    }

    /// Calls when the reader comes back to this page from another one.
    pub fn on_return(call: impl Fn() + 'static) {
        let handle = window_event_listener(leptos::ev::focus, move |_| call());
        on_cleanup(move || handle.remove());
    }

    /// Puts the icons of the types of fields into the document, unless the server wrote them there.
    pub fn fetch_type_icons() {
        if document().get_element_by_id("i-type-text").is_some() {
            return;
        }
        leptos::task::spawn_local(async {
            let Ok(answer) = gloo_net::http::Request::get("/pkg/type-icons.svg").send().await else { return };
            if let (Ok(sprite), Some(place)) = (answer.text().await, document().get_element_by_id("type-icons")) {
                place.set_inner_html(&sprite);
            }
        });
    }

    /// Tells the style sheet (and whoever drives the page) that the script has taken over: two frames later, when what was
    /// still asleep in suspended parts is awake as well.
    pub fn say_awake() {
        request_animation_frame(|| {
            request_animation_frame(|| {
                if let Some(root) = document().document_element() {
                    _ = root.set_attribute("data-awake", "");
                }
            });
        });
    }
}

pub use imp::{after_painting, fetch_type_icons, focus, is_there, on_return, print, reload, say_awake, show_theme, visit};

/// Language and theme as the server wrote them.
#[cfg(not(feature = "ssr"))]
pub fn look() -> (domain::lang::Lang, crate::context::Theme) {
    let root = leptos::prelude::document().document_element();
    let of = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
    let lang = of("lang").and_then(|lang| lang.parse().ok()).unwrap_or_default();
    let theme = of("data-theme").and_then(|theme| theme.parse().ok()).unwrap_or_default();
    (lang, theme)
}

/// The provider at which people may sign in, as the server wrote it.
#[cfg(not(feature = "ssr"))]
pub fn provider() -> Option<String> {
    leptos::prelude::document().document_element()?.get_attribute("data-provider")
}

/// Whether this address is a place for passkeys, as the server wrote it.
#[cfg(not(feature = "ssr"))]
pub fn passkeys_here() -> bool {
    leptos::prelude::document().document_element().is_some_and(|root| root.has_attribute("data-passkeys"))
}

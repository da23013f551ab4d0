//! The document and its address.

#[cfg(not(feature = "hydrate"))]
mod imp {
    /// There is no document on the server.
    pub fn reload() {}

    /// There is no document on the server.
    pub fn visit(_href: &str) {}

    /// There is no document on the server.
    pub fn focus(_id: &str) {}

    /// There is no document on the server.
    pub fn show_theme(_code: &str) {}

    /// There is no document on the server.
    pub fn go_back_from(_path: &str) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;

    /// Loads the page anew.
    pub fn reload() {
        _ = window().location().reload();
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

    /// Back to the page before, if it was one of ours, else to the path.
    pub fn go_back_from(path: &str) {
        let ours = document().referrer().starts_with(&window().location().origin().unwrap_or_default());
        if ours && window().history().is_ok_and(|history| history.length().unwrap_or(0) > 1) {
            _ = window().history().map(|history| history.back());
        } else {
            visit(path);
        }
    }
}

pub use imp::{focus, go_back_from, reload, show_theme, visit};

/// Language and theme as the server wrote them.
#[cfg(not(feature = "ssr"))]
pub fn look() -> (domain::lang::Lang, crate::context::Theme) {
    let root = leptos::prelude::document().document_element();
    let of = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
    let lang = of("lang").and_then(|lang| lang.parse().ok()).unwrap_or_default();
    let theme = of("data-theme").and_then(|theme| theme.parse().ok()).unwrap_or_default();
    (lang, theme)
}

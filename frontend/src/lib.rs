//! Wakes the pages up in the browser.

// The type of a whole page is compiled here: its parts nest deeper than the compiler follows by default.
#![recursion_limit = "512"]

/// Called by the page's script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    app::browser::document::say_awake();
}

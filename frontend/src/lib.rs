//! Wakes the pages up in the browser.

// The type of a whole page is compiled here: its parts nest deeper than the compiler follows by default.
#![recursion_limit = "512"]

/// Called by the page's script. Where a part of the page can't be fetched, the page stays as the server wrote it: links
/// and forms work.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::browser::unsaved::watch_steps();
    wasm_bindgen_futures::spawn_local(async {
        if app::browser::asleep::fetch_written().await.is_ok() {
            leptos::mount::hydrate_body(app::App);
            app::browser::document::say_awake();
        }
    });
}

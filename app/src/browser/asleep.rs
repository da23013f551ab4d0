//! Parts of the page that come when somebody turns to them. The server has all of them at hand.

use futures::future::{AbortHandle, abortable};
use leptos::html::Div;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use crate::components::asleep::Part;
use crate::components::page_head::rename::fetch_rename_form;
use crate::components::panel::fetch_open_panel;
use crate::error::AppError;
use crate::root::fetch_page;

/// Fetches the part when it is wanted and puts it in place of what the server wrote. Until then nothing in there can be
/// used: a box ticked in it would be forgotten.
pub fn wake(node: NodeRef<Div>, wanted: Signal<bool>, part: Part) {
    let Some(owner) = Owner::current() else { return };
    let fetching = StoredValue::new(None::<AbortHandle>);
    let shown = StoredValue::new_local(None);
    on_cleanup(move || {
        fetching.try_update_value(|fetching| fetching.take().map(|fetching| fetching.abort()));
        shown.try_set_value(None);
    });
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        // A menu that was opened before the page was awake.
        let open = element.parent_element().is_some_and(|parent| parent.has_attribute("open"));
        let wanted = wanted.get() || open;
        if fetching.with_value(Option::is_some) {
            return;
        }
        if !wanted {
            element.set_inert(true);
            return;
        }
        let (coming, handle) = abortable(owner.with(|| ScopedFuture::new(part.0())));
        fetching.set_value(Some(handle));
        let owner = owner.clone();
        spawn_local(async move {
            match coming.await {
                Ok(Ok(view)) => {
                    element.set_inner_html("");
                    let parent = element.clone().into();
                    shown.set_value(Some(owner.with(|| mount_to(parent, move || view))));
                }
                Ok(Err(_)) => fetching.set_value(None),
                Err(_) => return,
            }
            element.set_inert(false);
        });
    });
}

/// Fetches what the server wrote into this document and what the module at hand does without: it must be there when the
/// document wakes.
///
/// # Errors
/// Something can't be fetched.
pub async fn fetch_written() -> Result<(), AppError> {
    fetch_page(&window().location().pathname().unwrap_or_default()).await?;
    if document().query_selector("aside#panel").ok().flatten().is_some() {
        fetch_open_panel().await?;
    }
    if document().get_element_by_id("pool-name").is_some() {
        fetch_rename_form().await?;
    }
    Ok(())
}

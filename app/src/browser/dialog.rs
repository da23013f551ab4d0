//! Dialogs that lie over the page.

use leptos::html::Dialog;
use leptos::prelude::*;

/// Opens the dialog while the signal says so, and closes it when it doesn't any more.
pub fn follow(node: NodeRef<Dialog>, open: Signal<bool>) {
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
}

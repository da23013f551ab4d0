//! Dialogs that lie over the page.

use leptos::html::{Dialog, Div};
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

/// Makes a dialog that the server wrote open a modal one.
#[cfg(feature = "hydrate")]
pub fn show(node: NodeRef<Dialog>) {
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            _ = dialog.remove_attribute("open");
            _ = dialog.show_modal();
        }
    });
}

/// A dialog that was closed is not done with.
pub fn show_again(node: NodeRef<Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        _ = dialog.show_modal();
    }
}

/// Shows a popover above every dialog, again whenever there is something `new` in it.
#[cfg(feature = "hydrate")]
pub fn raise(node: NodeRef<Div>, new: Signal<bool>) {
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        if new.get() {
            // What was shown last lies on top.
            _ = element.hide_popover();
            _ = element.show_popover();
        }
    });
}

/// Without the script nothing comes anew.
#[cfg(not(feature = "hydrate"))]
pub fn raise(_node: NodeRef<Div>, _new: Signal<bool>) {}

/// Without the script it stands above the page.
#[cfg(not(feature = "hydrate"))]
pub fn show(_node: NodeRef<Dialog>) {}

//! The profiles of a pool: list, one profile, bin.

use leptos::prelude::*;

use crate::components::page_head::{PoolHead, Tab};

/// `/pools/:pool`: the list.
#[component]
pub fn ProfilesPage() -> impl IntoView {
    view! { <PoolHead tab=Tab::List/> }
}

/// `/pools/:pool/profiles/:profile`: one profile on a page of its own.
#[component]
pub fn ProfilePage() -> impl IntoView {
    view! { <PoolHead tab=Tab::List/> }
}

/// `/pools/:pool/bin`: what was deleted.
#[component]
pub fn BinPage() -> impl IntoView {
    view! { <PoolHead tab=Tab::Bin/> }
}

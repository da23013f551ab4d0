//! What stands at an address that leads nowhere.

use leptos::prelude::*;

use crate::components::error_view::ErrorView;
use crate::context::set_status;
use crate::error::AppError;

/// Says so, and offers the way back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    set_status(404);
    view! { <main class="page"><ErrorView error=AppError::NotFound/></main> }
}

//! What pages are made of.

pub mod connection_bar;
pub mod error_view;
pub mod field;
pub mod frame;
pub mod icon;
pub mod page_head;
pub mod progress;
pub mod rail;
pub mod toast;

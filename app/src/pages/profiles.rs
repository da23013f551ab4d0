//! The profiles of a pool: list, panel, page, bin.

pub mod bin;
pub mod index;
pub mod lister;
pub mod picked;
pub mod place;
pub mod show;
pub mod words;

pub use bin::BinPage;
pub use index::ProfilesPage;
pub use show::ProfilePage;

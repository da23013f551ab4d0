//! What pools are made with.

use utoipa::ToSchema;

/// What a pool is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(crate) struct NewPoolInput {
    /// 1 to 200 characters, once per client.
    #[schema(example = "Kunden")]
    name: String,
    /// newsletter, b2b or event; its words are in the language asked for.
    #[schema(example = "b2b")]
    template: Option<String>,
    /// Id or name of a pool that it is to be like, without the profiles; not together with `template`.
    copy_of: Option<String>,
}

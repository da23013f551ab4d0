//! The description of refusals; `errors` writes them.

use serde_json::Value;
use utoipa::ToSchema;

/// A problem document (RFC 9457).
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what `errors` writes")]
pub(crate) struct Problem {
    /// The kind of problem.
    #[schema(example = "/api/v1/docs#invalid")]
    r#type: String,
    #[schema(example = "Angaben ungültig")]
    title: String,
    #[schema(example = 422)]
    status: u16,
    /// What is wrong and what to do.
    detail: String,
    /// A stable word for programs.
    #[schema(example = "invalid")]
    code: String,
    /// To be passed on when asking the operator.
    request_id: String,
    /// Each wrong field.
    errors: Option<Vec<FieldProblem>>,
    /// The profile as it is now, when a newer one exists.
    #[schema(value_type = Option<Object>)]
    current: Option<Value>,
}

/// A wrong field.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what `errors` writes")]
pub(crate) struct FieldProblem {
    #[schema(example = "EMAIL")]
    field: String,
    #[schema(example = "not_an_email")]
    code: String,
    #[schema(example = "Bitte eine gültige E-Mail-Adresse angeben, z. B. name@firma.de")]
    detail: String,
}

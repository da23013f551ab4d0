//! What can be changed about a field in place.

use domain::config::{FieldChange, Step, check_change};
use domain::field::FieldDef;
use domain::id::FieldId;
use domain::text::{clean_line, clean_lines};

use super::{Made, Site};
use crate::error::{Result, StoreError};
use crate::fields::{FIELD_COLUMNS, read_field};
use crate::statement::Statement;
use crate::tx::Tx;

impl Tx {
    pub(super) async fn change_field(&mut self, site: &Site, id: FieldId, change: &FieldChange) -> Result<Made> {
        const SQL: &str = "update fields
            set label = $2, required = $3, matching = $4, profiling = $5, tagging = $6, help = $7
            where id = $1";
        let field = self.field(site, id).await?;
        check_change(&field, change).map_err(StoreError::Invalid)?;
        let label = change.label.as_deref().map_or_else(|| field.label.clone(), clean_line);
        let help = change.help.as_deref().map_or_else(|| field.help.clone(), clean_lines);
        let update = Statement::new(SQL)
            .arg(id)
            .arg(label)
            .arg(change.required.unwrap_or(field.required))
            .arg(change.matching.unwrap_or(field.matching))
            .arg(change.profiling.unwrap_or(field.profiling))
            .arg(change.tagging.unwrap_or(field.tagging))
            .arg(help);
        self.run(update).await?;
        if let Some(typed) = &change.default {
            self.set_default(site, &field, typed).await?;
        }
        Ok(Step::ChangeField { field: id, change: change.back_to(&field) }.into())
    }

    /// One of the pool's fields, with its options.
    pub(crate) async fn field(&mut self, site: &Site, id: FieldId) -> Result<FieldDef> {
        let sql = format!(
            "select {FIELD_COLUMNS} from fields f where f.id = $1 and f.pool_id = $2 and f.client_id = $3 and f.deleted_at is null"
        );
        let row = self.row(Statement::new(sql).arg(id).arg(site.pool).arg(site.client)).await?.ok_or(StoreError::NotFound)?;
        let mut field = read_field(&row)?;
        field.options = self.options_of(id).await?;
        Ok(field)
    }
}

//! What a conversion would do, seen before.

use domain::convert::{Failure, Preview, Trial};
use domain::field::FieldKind;
use domain::id::{FieldId, ProfileId};
use domain::lang::Lang;
use domain::pool::Pool;
use domain::problem::{Invalid, Problem};
use futures::TryStreamExt;
use futures::stream::{self, Stream, StreamExt};

use crate::condition::expression;
use crate::error::{Conflict, Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::columns::read_value;
use crate::profiles::read::owned;
use crate::statement::Statement;
use crate::{Reach, Store};

/// Profiles that are read in one go.
const PART: i64 = 5_000;

impl Store {
    /// What would become of a field's values in another type, as far as they are within reach. It holds nobody up.
    ///
    /// # Errors
    /// `NotFound`; `Conflict(FieldFixed)`, `Invalid` when the field can't become this.
    pub async fn preview_conversion(&self, reach: &Reach, pool: &Pool, field: FieldId, to: FieldKind, lang: Lang) -> Result<Preview> {
        let mut preview = Preview::default();
        let mut parts = std::pin::pin!(self.try_conversion(reach.clone(), pool.clone(), field, to, lang));
        while let Some(part) = parts.try_next().await? {
            if let Tried::All(all) = part {
                preview = *all;
            }
        }
        Ok(preview)
    }

    /// All values that would not be ones of the new type, part by part.
    ///
    /// # Errors
    /// As [`preview_conversion`](Self::preview_conversion).
    pub fn conversion_failures(
        &self,
        reach: Reach,
        pool: Pool,
        field: FieldId,
        to: FieldKind,
        lang: Lang,
    ) -> impl Stream<Item = Result<Vec<Failure>>> + Send + 'static + use<> {
        self.try_conversion(reach, pool, field, to, lang).try_filter_map(async |tried| {
            Ok(match tried {
                Tried::Part(failures) => Some(failures),
                Tried::All(_) => None,
            })
        })
    }

    fn try_conversion(
        &self,
        reach: Reach,
        pool: Pool,
        field: FieldId,
        to: FieldKind,
        lang: Lang,
    ) -> impl Stream<Item = Result<Tried>> + Send + 'static + use<> {
        let begun = self.clone();
        let beginning = async move {
            let client = reach.client();
            owned(client, &pool)?;
            begun.state(client, pool.id).await?;
            let field = pool.field_by_id(field).ok_or(StoreError::NotFound)?.clone();
            if !field.deletable() {
                return Err(StoreError::Conflict(Conflict::FieldFixed));
            }
            if !field.may_become(to) {
                return Err(StoreError::Invalid(Invalid::one("kind", Problem::UnknownChoice { value: to.code().to_owned() })));
            }
            let table = PoolTables::of(begun.engine(), client, pool.id).profiles();
            let at = expression(&field);
            let mut from =
                Statement::new(format!("select p.profile_id, {at} from {table} p where p.deleted_at is null and {at} is not null"));
            reach.narrow(&mut from, begun.engine(), &pool);
            let trial = Trial::new(&field, to, lang, pool.zone);
            Ok(Reading { store: begun, from, kind: field.kind, trial: Some(trial), last: 0 })
        };
        stream::once(beginning).map_ok(|reading| stream::try_unfold(reading, Reading::next)).try_flatten().boxed()
    }
}

/// What a step of a trial gives.
enum Tried {
    /// The failures among the next values.
    Part(Vec<Failure>),
    /// What came of all.
    All(Box<Preview>),
}

struct Reading {
    store: Store,
    from: Statement,
    kind: FieldKind,
    trial: Option<Trial>,
    last: i64,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Tried, Self)>> {
        let Some(mut trial) = self.trial.take() else { return Ok(None) };
        let mut statement = self.from.clone();
        statement.push(" and p.profile_id > ").bind(self.last).push(" order by p.profile_id limit ").bind(PART);
        let rows = self.store.db().rows(statement).await?;
        if rows.is_empty() {
            return Ok(Some((Tried::All(Box::new(trial.preview())), self)));
        }
        let mut failures = Vec::new();
        for row in &rows {
            self.last = row.int(0)?;
            if let Some(value) = read_value(row, 1, self.kind)? {
                failures.extend(trial.look(ProfileId::new(self.last), &value));
            }
        }
        self.trial = Some(trial);
        Ok(Some((Tried::Part(failures), self)))
    }
}

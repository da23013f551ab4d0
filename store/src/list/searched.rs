//! A stretch of a list that is searched.
//!
//! Newest first is the order of the index itself. In any other order: few hits are fetched and
//! sorted; for the words of every tenth profile the first profiles of the order are looked at; for
//! all between, the sort index is walked from the front, asking for each profile whether it is
//! among the hits, until the page is full; and a page far behind is sorted once and remembered.

use std::sync::Arc;

use crate::condition::Form;
use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::list::sorting::By;
use crate::profiles::read::one_of;
use crate::search::candidates::{Lookup, limit, stretch};
use crate::statement::Statement;

/// So many hits are sorted for every page anew: reading them takes as long as walking the index past the others.
const FEW: u64 = 1_500;

/// How many profiles are tested in the order of the list.
const TESTED: u64 = 500;

/// How many more of them when hits can't be told from the index, which makes everything else slow.
const TESTED_THEN: u64 = 3_500;

/// Up to this place the sort index is walked. With the fewest hits that come here, one in seven hundred of a million
/// profiles, that is a walk past 90 000 entries.
const WALKED: u64 = 125;

impl Listing<'_> {
    pub(crate) async fn searched_ids(&self, lookup: &Lookup<'_>, skip: u64, take: u64) -> Result<Vec<i64>> {
        if matches!(self.order.by, By::Id) && self.order.descending {
            return lookup.newest(skip, take).await;
        }
        if let Some(Known::Ids(ids)) = self.remembered(&self.key) {
            return Ok(stretch(&ids, skip, take));
        }
        if !lookup.looks_at_each() && lookup.count(Some(FEW + 1)).await? <= FEW {
            return self.sorted(lookup, Some((skip, take))).await;
        }
        if let Some(ids) = self.tested(lookup, skip, take).await? {
            return Ok(ids);
        }
        if !lookup.looks_at_each() && skip.saturating_add(take) <= WALKED {
            return Ok(stretch(&self.walked(Some(&lookup.condition()), skip + take).await?, skip, take));
        }
        let ids = if lookup.looks_at_each() { self.sorted_after_looking(lookup).await? } else { self.sorted(lookup, None).await? };
        let page = stretch(&ids, skip, take);
        self.remember(self.key.clone(), Known::Ids(Arc::new(ids)));
        Ok(page)
    }

    /// The hits of the index, sorted by the engine.
    async fn sorted(&self, lookup: &Lookup<'_>, stretch: Option<(u64, u64)>) -> Result<Vec<i64>> {
        let mut statement = Statement::new("select p.profile_id ");
        statement.append(self.living_by("", Form::Check)).push(" and ").append(lookup.condition());
        statement.push(" order by ").push(&self.order.sql());
        if let Some((skip, take)) = stretch {
            limit(&mut statement, skip, take);
        }
        self.store.db().rows(statement).await?.iter().map(|row| row.int(0)).collect()
    }

    /// All hits, each looked at, then sorted by the engine.
    async fn sorted_after_looking(&self, lookup: &Lookup<'_>) -> Result<Vec<i64>> {
        let mut hits = lookup.walk();
        let mut ids = Vec::new();
        while let Some(more) = hits.next().await? {
            ids.extend(more);
        }
        let mut statement = Statement::new("select p.profile_id ");
        statement.append(self.living_by("", Form::Check)).push(" and p.profile_id");
        one_of(&mut statement, &self.table, &ids);
        statement.push(" order by ").push(&self.order.sql());
        self.store.db().rows(statement).await?.iter().map(|row| row.int(0)).collect()
    }

    /// The page, if it fills up while the first few thousand profiles of the order are tested.
    async fn tested(&self, lookup: &Lookup<'_>, skip: u64, take: u64) -> Result<Option<Vec<i64>>> {
        let wanted = skip.saturating_add(take);
        let parts: &[u64] = if lookup.looks_at_each() { &[TESTED, TESTED_THEN] } else { &[TESTED] };
        if wanted > parts.iter().sum() {
            return Ok(None);
        }
        let (mut hits, mut from) = (Vec::new(), 0);
        for &n in parts {
            let candidates = self.plain_ids(from, n).await?;
            let ended = (candidates.len() as u64) < n;
            hits.extend(lookup.check(&candidates).await?);
            if hits.len() as u64 >= wanted || ended {
                return Ok(Some(stretch(&hits, skip, take)));
            }
            from += n;
        }
        Ok(None)
    }
}

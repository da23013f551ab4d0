//! What was found out about a list and stays true until the pool's revision moves.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::PoolId;

use crate::list::Listing;
use crate::list::signposts::Signposts;

/// How many answers are kept: among them the size of each pool for each row rule.
const ANSWERS: usize = 256;

/// How many ids are kept in all; 8 bytes each.
const IDS: usize = 4_000_000;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// How many profiles a list has.
    Count(u64),
    /// All its ids in order.
    Ids(Arc<Vec<i64>>),
    /// How many profiles each value of a field has; empty values last.
    Values(Arc<Vec<(Option<String>, u64)>>),
    /// Places of a list from which its pages are near.
    Signposts(Signposts),
    /// That the index of an order is there.
    Indexed,
}

#[derive(Debug)]
struct Answer {
    pool: PoolId,
    revision: i64,
    key: String,
    known: Known,
}

/// The answers, the most recent last.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    answers: Mutex<VecDeque<Answer>>,
}

impl Cache {
    /// The answer for this state of the pool.
    pub(crate) fn get(&self, pool: PoolId, revision: i64, key: &str) -> Option<Known> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().position(|a| a.pool == pool && a.revision == revision && a.key == key)?;
        let answer = answers.remove(at)?;
        let known = answer.known.clone();
        answers.push_back(answer);
        Some(known)
    }

    /// Keeps an answer; those of older states of the pool go.
    pub(crate) fn put(&self, pool: PoolId, revision: i64, key: String, known: Known) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|a| a.pool != pool || (a.revision >= revision && a.key != key));
        answers.push_back(Answer { pool, revision, key, known });
        while answers.len() > ANSWERS || (answers.len() > 1 && answers.iter().map(|a| a.known.ids()).sum::<usize>() > IDS) {
            answers.pop_front();
        }
    }
}

impl Listing<'_> {
    /// What is known of this list.
    pub(crate) fn remembered(&self, key: &str) -> Option<Known> {
        self.store.lists().get(self.pool.id, self.state.revision, &self.for_its_reader(key))
    }

    /// Keeps what was found out about it.
    pub(crate) fn remember(&self, key: String, known: Known) {
        self.store.lists().put(self.pool.id, self.state.revision, self.for_its_reader(&key).into_owned(), known);
    }

    /// Whoever may not see all fields has other hits.
    fn for_its_reader<'k>(&self, key: &'k str) -> Cow<'k, str> {
        if self.pool.partial { Cow::Owned(format!("partial {key}")) } else { Cow::Borrowed(key) }
    }
}

impl Known {
    fn ids(&self) -> usize {
        match self {
            Self::Ids(ids) => ids.len(),
            _ => 0,
        }
    }
}

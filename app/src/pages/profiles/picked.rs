//! Which profiles are selected: some by name, or all hits but some.

use std::collections::BTreeSet;

use domain::id::ProfileId;

/// A selection that may be larger than the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Every hit of the list is meant; `ids` are then the exceptions.
    pub all: bool,
    pub ids: BTreeSet<ProfileId>,
    /// Where a range began.
    anchor: Option<ProfileId>,
}

impl Picked {
    /// Is this profile selected?
    pub fn has(&self, id: ProfileId) -> bool {
        self.all != self.ids.contains(&id)
    }

    /// How many are selected, when all hits are `total`.
    pub fn n(&self, total: Option<u64>) -> u64 {
        let named = self.ids.len() as u64;
        if self.all { total.unwrap_or_default().saturating_sub(named) } else { named }
    }

    /// Nothing is selected.
    pub fn is_empty(&self) -> bool {
        !self.all && self.ids.is_empty()
    }

    /// Select or leave out one profile. A range starts here.
    pub fn set(&mut self, id: ProfileId, picked: bool) {
        if picked == self.all {
            self.ids.remove(&id);
        } else {
            self.ids.insert(id);
        }
        self.anchor = Some(id);
    }

    /// The other way round.
    pub fn toggle(&mut self, id: ProfileId) {
        self.set(id, !self.has(id));
    }

    /// Everything from where the range began up to `id`, in the order of the page, becomes as the beginning is.
    pub fn reach(&mut self, id: ProfileId, page: &[ProfileId]) {
        let at = |id: ProfileId| page.iter().position(|other| *other == id);
        let begin = self.anchor.and_then(at);
        let (Some(begin), Some(end)) = (begin, at(id)) else {
            self.toggle(id);
            return;
        };
        let anchor = page[begin];
        let picked = begin == end || self.has(anchor);
        for other in &page[begin.min(end)..=begin.max(end)] {
            self.set(*other, picked);
        }
        self.anchor = Some(anchor);
    }

    /// The whole page in or out.
    pub fn set_page(&mut self, page: &[ProfileId], picked: bool) {
        for id in page {
            self.set(*id, picked);
        }
        self.anchor = None;
    }

    /// Every hit, seen or unseen.
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;

//! What others do, as it happens: rows change in place, nothing moves.

use domain::id::ProfileId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Lister;
use crate::api::profiles::count_profiles;
use crate::browser::events::{self, Heard};
use crate::pages::profiles::place::{Open, Place};

impl Lister {
    /// Listen while the list is on the screen.
    pub fn listen_to_others(self) {
        events::hear(move |heard| self.hear(heard));
    }

    fn hear(self, heard: &Heard) {
        match heard {
            Heard::Profiles { ids, revision } => {
                self.hear_profiles(ids, *revision);
                self.learn(*revision);
            }
            Heard::Bulk { revision } => {
                self.hear_bulk();
                self.learn(*revision);
            }
            // Between the page's making and this moment, or while nobody listened, something changed.
            Heard::Hello { revision } => {
                if self.learn(*revision) {
                    self.hear_bulk();
                }
            }
            Heard::Pool | Heard::Job(_) => {}
        }
    }

    /// Whether this revision is news; it is known from now on.
    fn learn(self, revision: i64) -> bool {
        let known = self.known.get_value();
        self.known.set_value(known.max(revision));
        revision > known
    }

    /// Some profiles by name: those on the page are read anew, the others counted.
    fn hear_profiles(self, ids: &[ProfileId], revision: i64) {
        let own = |id: &ProfileId| self.own.with_value(|own| own.get(id).is_some_and(|own| *own >= revision));
        if ids.iter().all(own) {
            return;
        }
        let here = self.ids();
        let shown: Vec<ProfileId> = ids.iter().copied().filter(|id| here.contains(id)).collect();
        if let Open::Profile(id) = self.place.with_untracked(|place| place.open)
            && shown.contains(&id)
        {
            self.reload_sheet();
        }
        self.refresh(shown, true);
        self.recount();
    }

    /// Many at once: every row of the page may have changed. A list without rows has nothing to disturb.
    fn hear_bulk(self) {
        let here = self.ids();
        self.reload_sheet();
        if here.is_empty() {
            self.refresh(Vec::new(), false);
            self.load();
        } else {
            self.refresh(here, true);
            self.recount();
        }
    }

    /// The number of hits, without the rows.
    fn recount(self) {
        let query = self.here().to_query();
        spawn_local(async move {
            if let Ok(counted) = count_profiles(self.pool, query.clone()).await
                && self.place.try_with_untracked(Place::to_query) == Some(query)
            {
                self.total.set(Some(counted.total));
            }
        });
    }
}

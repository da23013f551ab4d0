//! What happens to a selection.

use domain::lang::{Lang, fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Lister, Picked};
use crate::api::profiles::shapes::DeletedBatch;
use crate::api::profiles::{delete_profiles, restore_batch};
use crate::components::toast::Toast;
use crate::pages::profiles::place::Open;
use crate::pages::profiles::words as w;
use domain::id::ProfileId;

impl Lister {
    /// Put the selected profiles into the bin, and offer to take them out again.
    pub fn delete_picked(self, lang: Lang) {
        let picked = self.picked.get_untracked();
        if picked.is_empty() {
            return;
        }
        let query = self.here().to_query();
        self.delete(picked.ids.iter().copied().collect(), picked.all, query, lang);
    }

    /// Put one profile into the bin.
    pub fn delete_one(self, id: ProfileId, lang: Lang) {
        self.delete(vec![id], false, String::new(), lang);
    }

    fn delete(self, ids: Vec<ProfileId>, all: bool, query: String, lang: Lang) {
        let toasts = self.toasts;
        spawn_local(async move {
            match delete_profiles(self.pool, ids.clone(), all, query).await {
                Ok(deleted) => {
                    // The reader may have gone to another page meanwhile; the way back is offered there too.
                    if !self.is_left() {
                        self.picked.set(Picked::default());
                        self.close_if_open(&ids, all);
                        self.n_profiles.update(|n| *n = n.saturating_sub(deleted.n));
                        self.load();
                    }
                    toasts.show(Toast::new(deleted_words(deleted, lang)).with_action(w::UNDO.get(lang), move || self.undo(deleted, lang)));
                }
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    }

    fn close_if_open(self, ids: &[ProfileId], all: bool) {
        let open = self.place.with_untracked(|place| place.open);
        if let Open::Profile(id) = open
            && (all || ids.contains(&id))
        {
            self.open(Open::Nothing);
        }
    }

    /// Take a batch out of the bin again.
    pub fn undo(self, deleted: DeletedBatch, lang: Lang) {
        let toasts = self.toasts;
        spawn_local(async move {
            match restore_batch(self.pool, deleted.batch).await {
                Ok(n) => {
                    if !self.is_left() {
                        self.n_profiles.update(|all| *all += n);
                        self.load();
                    }
                    toasts.show(Toast::new(restored_words(n, lang)));
                }
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    }

    /// The export of what is selected, in the order and with the columns of the list.
    pub fn export_href(self) -> String {
        let query = self.place.with(|place| place.query.to_query());
        let ids = self.picked.with(|picked| picked.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
        let part = match self.picked.with(|picked| picked.all) {
            true if ids.is_empty() => String::new(),
            true => format!("except={ids}"),
            false => format!("ids={ids}"),
        };
        let parts: Vec<String> = [query, part].into_iter().filter(|part| !part.is_empty()).collect();
        format!("/pools/{}/export.csv?{}", self.pool, parts.join("&"))
    }
}

/// "3 profiles deleted".
pub fn deleted_words(deleted: DeletedBatch, lang: Lang) -> String {
    match deleted.n {
        1 => w::DELETED_ONE.get(lang).to_owned(),
        n => fill(w::DELETED.get(lang), &[("n", &number(n as i64, lang))]),
    }
}

/// "3 profiles restored".
pub fn restored_words(n: u64, lang: Lang) -> String {
    match n {
        1 => w::RESTORED_ONE.get(lang).to_owned(),
        n => fill(w::RESTORED.get(lang), &[("n", &number(n as i64, lang))]),
    }
}

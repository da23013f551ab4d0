//! What happens to a selection.

use domain::lang::{Lang, Text, fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Lister, Picked};
use crate::api::profiles::shapes::{Batch, Bulked, Undone};
use crate::api::profiles::{delete_profiles, edit_profiles, undo_batch};
use crate::components::toast::Toast;
use crate::error::AppError;
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
        spawn_local(async move {
            match delete_profiles(self.pool, ids.clone(), all, query).await {
                Ok(bulked) => {
                    // The reader may have gone to another page meanwhile; the way back is offered there too.
                    if !self.is_left() {
                        self.picked.set(Picked::default());
                        self.close_if_open(&ids, all);
                        if let Bulked::Done(batch) = bulked {
                            self.n_profiles.update(|n| *n = n.saturating_sub(batch.n));
                        }
                    }
                    self.tell(bulked, lang);
                }
                Err(error) => self.toasts.show(Toast::negative(error.message(lang))),
            }
        });
    }

    /// Change a field of the selected profiles. An error is for the form in which it was typed.
    pub async fn edit_picked(self, field: String, how: String, value: String, lang: Lang) -> Result<(), AppError> {
        let picked = self.picked.get_untracked();
        let query = self.here().to_query();
        let bulked = edit_profiles(self.pool, picked.ids.iter().copied().collect(), picked.all, query, field, how, value).await?;
        self.tell(bulked, lang);
        Ok(())
    }

    /// Show the list as it is now, and say what has happened to it.
    fn tell(self, bulked: Bulked, lang: Lang) {
        if !self.is_left() {
            self.load();
            self.reload_sheet();
        }
        self.toasts.show(match bulked {
            Bulked::Job => Toast::new(w::IN_BACKGROUND.get(lang)),
            Bulked::Done(batch) if batch.n == 0 => Toast::new(batch_words(batch, lang)),
            Bulked::Done(batch) => Toast::new(batch_words(batch, lang)).with_action(w::UNDO.get(lang), move || self.undo(batch, lang)),
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

    /// Take a batch back.
    pub fn undo(self, batch: Batch, lang: Lang) {
        spawn_local(async move {
            match undo_batch(self.pool, batch.id).await {
                Ok(undone) => {
                    if !self.is_left() {
                        if let Some(undone) = undone.filter(|_| !batch.edited) {
                            self.n_profiles.update(|all| *all += undone.n);
                        }
                        self.load();
                        self.reload_sheet();
                    }
                    self.toasts.show(Toast::new(
                        undone.map_or_else(|| w::IN_BACKGROUND.get(lang).to_owned(), |undone| undone_words(batch, undone, lang)),
                    ));
                }
                Err(error) => self.toasts.show(Toast::negative(error.message(lang))),
            }
        });
    }

    /// Where what is selected is exported, in the order and with the columns of the list.
    pub fn export_href(self) -> String {
        let query = self.place.with(|place| place.query.to_query());
        let ids = self.picked.with(|picked| picked.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
        let part = match self.picked.with(|picked| picked.all) {
            true if ids.is_empty() => String::new(),
            true => format!("except={ids}"),
            false => format!("ids={ids}"),
        };
        let parts: Vec<String> = [query, part].into_iter().filter(|part| !part.is_empty()).collect();
        crate::routes::export(self.pool, &parts.join("&"))
    }
}

/// "3 profiles deleted".
pub fn batch_words(batch: Batch, lang: Lang) -> String {
    let (one, many) = if batch.edited { (w::EDITED_ONE, w::EDITED) } else { (w::DELETED_ONE, w::DELETED) };
    counted(batch.n, one, many, lang)
}

/// "3 profiles restored".
pub fn restored_words(n: u64, lang: Lang) -> String {
    counted(n, w::RESTORED_ONE, w::RESTORED, lang)
}

fn undone_words(batch: Batch, undone: Undone, lang: Lang) -> String {
    if !batch.edited {
        return restored_words(undone.n, lang);
    }
    let mut words = counted(undone.n, w::SET_BACK_ONE, w::SET_BACK, lang);
    if undone.kept > 0 {
        words.push(' ');
        words.push_str(&counted(undone.kept, w::KEPT_ONE, w::KEPT, lang));
    }
    words
}

fn counted(n: u64, one: Text, many: Text, lang: Lang) -> String {
    match n {
        1 => one.get(lang).to_owned(),
        n => fill(many.get(lang), &[("n", &number(n as i64, lang))]),
    }
}

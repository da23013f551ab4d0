//! What is open beside the list.

use domain::id::ProfileId;
use domain::lang::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Lister;
use crate::api::profiles::sheet::{Packed, Sheet};
use crate::api::profiles::{blank_profile, refresh_rows, show_profile};
use crate::browser;
use crate::components::toast::Toast;
use crate::error::AppError;
use crate::pages::profiles::place::Open;
use crate::pages::profiles::words as w;

/// What the panel has to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shown {
    /// On its way.
    #[default]
    Nothing,
    /// It can't be found any more.
    Gone,
    Sheet(Packed),
}

impl Shown {
    /// What the server answered.
    pub fn of(answer: Result<Packed, AppError>) -> Self {
        answer.map_or(Self::Gone, Self::Sheet)
    }
}

impl Lister {
    /// The panel shows what the address opens; the profile before stays until the next one is there.
    pub(super) fn follow_the_panel(self) {
        Effect::new(move |before: Option<Open>| {
            let open = self.place.with(|place| place.open);
            if before.is_some_and(|before| before != open) {
                self.load_sheet(open);
            }
            open
        });
    }

    fn load_sheet(self, open: Open) {
        let n = self.sheet_asked.get_value() + 1;
        self.sheet_asked.set_value(n);
        if open == Open::Nothing {
            self.sheet.set(Shown::Nothing);
            return;
        }
        self.sheet_waiting.set(true);
        spawn_local(async move {
            let answer = match open {
                Open::Profile(id) => show_profile(self.pool, id, false).await,
                _ => blank_profile(self.pool).await,
            };
            if self.sheet_asked.try_get_value() == Some(n) {
                self.sheet_waiting.set(false);
                self.sheet.set(Shown::of(answer));
                if open == Open::New {
                    crate::components::panel::focus_form();
                }
            }
        });
    }

    /// Ask for the open profile again, unless something typed would be lost.
    pub fn reload_sheet(self) {
        let open = self.place.with_untracked(|place| place.open);
        if open != Open::Nothing && !self.unsaved.get_untracked() {
            self.load_sheet(open);
        }
    }

    /// A profile was saved: show it as it is now, here and in its row.
    pub fn saved(self, sheet: Sheet) {
        let Some(id) = sheet.id else { return };
        let made = self.place.with_untracked(|place| place.open) != Open::Profile(id);
        let focused = browser::forms::focused();
        self.own.update_value(|own| _ = own.insert(id, sheet.revision));
        self.unsaved.set(false);
        self.sheet.set(Shown::Sheet(Packed::pack(&sheet)));
        if made {
            self.n_profiles.update(|n| *n += 1);
            self.sheet_asked.update_value(|n| *n += 1);
            self.open(Open::Profile(id));
            self.load();
        } else {
            self.refresh(vec![id], false);
            request_animation_frame(move || browser::forms::restore_focus(focused));
        }
        self.toasts.show(Toast::new(if made { w::CREATED } else { w::SAVED }.get(self.lang).to_owned()));
    }

    /// Ask for some rows of the page as they are now. Counting, what came to the pool elsewhere is told.
    pub fn refresh(self, ids: Vec<ProfileId>, counting: bool) {
        let query = self.here().to_query();
        spawn_local(async move {
            let Ok(fresh) = refresh_rows(self.pool, ids.clone(), query).await else { return };
            if self.is_left() {
                return;
            }
            let here = self.ids();
            let left: Vec<ProfileId> =
                ids.into_iter().filter(|id| here.contains(id) && fresh.rows.iter().all(|row| row.id != *id)).collect();
            let before = self.n_profiles.get_untracked();
            let came = (fresh.n_profiles + left.len() as u64).saturating_sub(before);
            if counting && came > 0 {
                self.arrived.update(|arrived| *arrived += came);
            }
            self.n_profiles.set(fresh.n_profiles);
            let back = fresh.rows.iter().map(|row| row.id).collect::<Vec<_>>();
            self.replace(fresh.rows);
            self.gone.update(|gone| {
                gone.retain(|id| !back.contains(id));
                gone.extend(left);
            });
        });
    }

    /// Put the profile's own address into the clipboard.
    pub fn copy_link(self, id: ProfileId, lang: Lang) {
        browser::list::copy_address(&format!("/pools/{}/profiles/{id}", self.pool));
        self.toasts.show(Toast::new(w::LINK_COPIED.get(lang).to_owned()));
    }
}

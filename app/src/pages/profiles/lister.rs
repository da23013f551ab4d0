//! The profile list at work: what it shows, what it asks for, where it goes.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::{PoolId, ProfileId};
use domain::lang::{Lang, fill, number};
use domain::layout::ListLayout;
use domain::list::ListQuery;
use domain::rights::{Right, Rights};
use futures::future::AbortHandle;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::panel::Shown;
use super::picked::Picked;
use super::place::{Open, Place};
use super::words as w;
use crate::api::profiles::save_layout;
use crate::api::profiles::shapes::{ColumnHead, ListAnswer, ListStart, Row};
use crate::browser;
use crate::components::frame::use_frame;
use crate::components::toast::{Toasts, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;

mod asking;
pub mod bulk;
mod forms;
mod keyboard;
mod live;
pub mod panel;
mod typing;

type Go = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The list's state. The address says what is shown; everything else follows from it or is the reader's own (selection, cursor).
#[derive(Clone, Copy)]
pub struct Lister {
    rights: Rights,
    pub pool: PoolId,
    pub place: Memo<Place>,
    pub answer: RwSignal<ListAnswer>,
    /// Hits in all; unknown while they are counted.
    pub total: RwSignal<Option<u64>>,
    /// Profiles of the pool, whatever is searched.
    pub n_profiles: RwSignal<u64>,
    pub layout: RwSignal<ListLayout>,
    pub columns: StoredValue<Vec<ColumnHead>>,
    pub picked: RwSignal<Picked>,
    /// The row that the keyboard is on.
    pub cursor: RwSignal<Option<ProfileId>>,
    pub failed: RwSignal<Option<AppError>>,
    /// An answer is on its way, and takes so long that it shows.
    pub waiting: RwSignal<bool>,
    /// Profiles made elsewhere since the list was loaded.
    pub arrived: RwSignal<u64>,
    /// Profiles of the page that are in the bin by now.
    pub gone: RwSignal<Vec<ProfileId>>,
    /// What the panel shows.
    pub sheet: RwSignal<Shown>,
    pub sheet_waiting: RwSignal<bool>,
    /// Something typed in the panel is not saved.
    pub unsaved: RwSignal<bool>,
    pub toasts: Toasts,
    pub lang: Lang,
    sheet_asked: StoredValue<u64>,
    /// The pool's revision that the page knows of: what is newer was missed.
    known: StoredValue<i64>,
    /// Revisions that this page made itself: their events tell it nothing.
    own: StoredValue<HashMap<ProfileId, i64>>,
    /// Counts the questions: an answer to an older one is dropped.
    asked: StoredValue<u64>,
    running: StoredValue<Option<AbortHandle>>,
    slow: StoredValue<Option<TimeoutHandle>>,
    /// What was asked before the address followed.
    ahead: StoredValue<Option<String>>,
    /// Where the typing has led, until the address follows; and whether that replaces the one before.
    typed: StoredValue<Option<(Place, bool)>>,
    go: StoredValue<Go>,
    /// The search box is being typed in: its addresses replace each other.
    typing: StoredValue<bool>,
    pause: StoredValue<Option<TimeoutHandle>>,
    /// The layout is being saved.
    keeping: StoredValue<Option<Keeping>>,
}

/// What comes after a save of the layout.
#[derive(Clone, Copy)]
struct Keeping {
    /// It has changed meanwhile.
    again: bool,
    /// Columns were added: the list is asked for anew.
    load: bool,
}

impl Lister {
    /// Whether the viewer may do something.
    pub fn may(self, right: Right) -> bool {
        self.rights.has(right)
    }

    /// Start from what the server sent with the page.
    pub fn new(start: ListStart) -> Self {
        let map = use_query_map();
        let place = Memo::new(move |_| map.with(Place::of));
        let total = start.total;
        let sheet = match (place.with_untracked(|place| place.open), start.sheet) {
            (Open::Nothing, _) => Shown::Nothing,
            (_, Some(sheet)) => Shown::Sheet(sheet),
            (_, None) => Shown::Gone,
        };
        let lister = Self {
            pool: start.pool.id,
            place,
            rights: use_frame().data.with_untracked(|data| data.rights),
            answer: RwSignal::new(start.answer),
            total: RwSignal::new(total),
            n_profiles: RwSignal::new(start.pool.n_profiles),
            layout: RwSignal::new(start.layout),
            columns: StoredValue::new(start.columns),
            picked: RwSignal::default(),
            cursor: RwSignal::new(None),
            failed: RwSignal::new(None),
            waiting: RwSignal::new(false),
            arrived: RwSignal::default(),
            gone: RwSignal::default(),
            sheet: RwSignal::new(sheet),
            sheet_waiting: RwSignal::new(false),
            unsaved: RwSignal::new(false),
            toasts: use_toasts(),
            lang: use_lang(),
            sheet_asked: StoredValue::new(0),
            known: StoredValue::new(start.pool.revision),
            own: StoredValue::new(HashMap::new()),
            asked: StoredValue::new(0),
            running: StoredValue::new(None),
            slow: StoredValue::new(None),
            ahead: StoredValue::new(None),
            typed: StoredValue::new(None),
            go: StoredValue::new(Arc::new(use_navigate())),
            typing: StoredValue::new(false),
            pause: StoredValue::new(None),
            keeping: StoredValue::new(None),
        };
        lister.follow_the_address();
        lister.follow_the_panel();
        lister
    }

    /// Each change of the list's part of the address asks for the rows anew; what is open beside it doesn't.
    fn follow_the_address(self) {
        Effect::new(move |before: Option<(ListQuery, bool)>| {
            let now = self.place.with(|place| (place.query.clone(), place.sized));
            if let Some(before) = before.filter(|before| *before != now) {
                if (&before.0.q, &before.0.filters, &before.0.search_in) != (&now.0.q, &now.0.filters, &now.0.search_in) {
                    self.picked.update(|picked| {
                        if picked.all {
                            *picked = Picked::default()
                        }
                    });
                }
                let query = self.place.with_untracked(Place::to_query);
                if self.ahead.get_value().as_ref() != Some(&query) {
                    self.typed.set_value(None);
                    self.ask_for(query);
                }
                self.ahead.set_value(None);
            }
            now
        });
    }

    /// Put changed rows in place of the old ones, without moving anything.
    pub fn replace(self, rows: Vec<Row>) {
        self.answer.update(|answer| {
            for row in rows {
                if let Some(old) = answer.rows.iter_mut().find(|old| old.id == row.id && old.revision <= row.revision) {
                    *old = row;
                }
            }
        });
    }

    /// Go to a place of this list.
    pub fn visit(self, place: &Place, replace: bool) {
        let href = place.href(self.pool);
        self.typed.set_value(None);
        self.go.with_value(|go| go(&href, NavigateOptions { replace, scroll: false, resolve: false, ..Default::default() }));
    }

    /// Change what is listed, as a step that "back" undoes.
    pub fn change(self, change: impl FnOnce(&mut ListQuery)) {
        self.visit(&self.here().with(change), false);
    }

    /// Where the reader is: the address may be a moment behind what they type.
    pub fn here(self) -> Place {
        self.typed.with_value(|typed| typed.as_ref().map(|(place, _)| place.clone())).unwrap_or_else(|| self.place.get_untracked())
    }

    /// Open something beside the list.
    pub fn open(self, open: Open) {
        if self.may_leave() {
            self.visit(&self.here().opening(open), false);
        }
    }

    /// Nothing typed would be lost, or the reader said that it may.
    pub fn may_leave(self) -> bool {
        browser::unsaved::may_leave(self.unsaved, w::LEAVE_UNSAVED.get(self.lang))
    }

    /// The address of a changed place, for a link.
    pub fn href(self, change: impl FnOnce(&Place) -> Place) -> String {
        self.place.with(|place| change(place).href(self.pool))
    }

    /// The address of the list without its query.
    pub fn path(self) -> String {
        format!("/pools/{}", self.pool)
    }

    /// The column of a field.
    pub fn column(self, key: &str) -> Option<ColumnHead> {
        self.columns.with_value(|columns| columns.iter().find(|column| column.key == key).cloned())
    }

    /// The profiles on the page, in order.
    pub fn ids(self) -> Vec<ProfileId> {
        self.answer.with_untracked(|answer| answer.rows.iter().map(|row| row.id).collect())
    }

    /// "301–350 of 1,284".
    pub fn range_text(self, lang: Lang) -> String {
        let (from, to) = self.answer.with(|answer| {
            let from = (answer.page.max(1) - 1) * answer.page_size;
            (from + 1, from + answer.rows.len() as u64)
        });
        if to < from {
            return String::new();
        }
        let say = |n: u64| number(n as i64, lang);
        match self.total.get() {
            Some(total) => fill(w::RANGE.get(lang), &[("from", &say(from)), ("to", &say(to)), ("total", &say(total))]),
            None => fill(w::RANGE_OPEN.get(lang), &[("from", &say(from)), ("to", &say(to))]),
        }
    }

    /// Remember the layout for this reader and pool. A failure is not worth a message: the list on the screen has it already.
    pub fn keep_layout(self) {
        self.save_layout(false);
    }

    /// Save the layout as it is now, one save after the other: an older one must not come to stand over a newer one.
    fn save_layout(self, then_load: bool) {
        let running = self.keeping.with_value(Option::is_some);
        self.keeping.update_value(|keeping| {
            *keeping = Some(Keeping { again: running, load: then_load || keeping.as_ref().is_some_and(|keeping| keeping.load) })
        });
        if running {
            return;
        }
        spawn_local(async move {
            loop {
                let saved = save_layout(self.pool, self.layout.get_untracked()).await.is_ok();
                if self.is_left() {
                    return;
                }
                match self.keeping.get_value() {
                    Some(Keeping { again: true, load }) => self.keeping.set_value(Some(Keeping { again: false, load })),
                    keeping => {
                        self.keeping.set_value(None);
                        if saved && keeping.is_some_and(|keeping| keeping.load) {
                            self.load();
                        }
                        return;
                    }
                }
            }
        });
    }

    /// Whether the reader has left the list: an answer that comes now changes nothing.
    fn is_left(self) -> bool {
        self.answer.is_disposed()
    }

    /// Change the columns: what isn't loaded yet is asked for.
    pub fn lay_out(self, change: impl FnOnce(&mut ListLayout)) {
        self.layout.update(change);
        self.save_layout(true);
    }
}

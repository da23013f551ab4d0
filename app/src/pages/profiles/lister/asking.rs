//! Asking for the rows, and showing the answer.

use std::time::Duration;

use futures::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Lister;
use crate::api::profiles::shapes::ListAnswer;
use crate::api::profiles::{count_profiles, list_profiles};
use crate::browser::document::after_painting;

/// An answer that takes longer is waited for in sight of the reader.
const SLOW: Duration = Duration::from_millis(150);

impl Lister {
    /// Ask for the rows. Rows come first; they don't wait for the number of hits.
    pub fn load(self) {
        self.ask_for(self.here().to_query());
    }

    pub(super) fn ask_for(self, query: String) {
        let n = self.asked.get_value() + 1;
        self.asked.set_value(n);
        self.wait();
        let (question, handle) = abortable(self.ask(n, query));
        if let Some(older) = self.running.get_value() {
            older.abort();
        }
        self.running.set_value(Some(handle));
        spawn_local(async move {
            _ = question.await;
        });
    }

    async fn ask(self, n: u64, query: String) {
        let answer = list_profiles(self.pool, query.clone()).await;
        if self.asked.try_get_value() != Some(n) {
            return;
        }
        self.stop_waiting();
        match answer {
            Ok(answer) => {
                let total = answer.total;
                self.show(answer);
                if total.is_some() {
                    self.total.set(total);
                }
                after_painting(move || self.go_on(n, query, total.is_none()));
            }
            Err(error) => {
                self.failed.set(Some(error));
                self.follow_the_typing();
            }
        }
    }

    /// What nobody waits for: the address, and the number of hits.
    fn go_on(self, n: u64, query: String, uncounted: bool) {
        if self.asked.try_get_value() != Some(n) {
            return;
        }
        self.follow_the_typing();
        if uncounted {
            spawn_local(async move {
                let total = count_profiles(self.pool, query).await.ok().map(|counted| counted.total);
                if self.asked.try_get_value() == Some(n) {
                    self.total.set(total);
                }
            });
        }
    }

    /// Nobody is told of an answer that comes in a moment: dimming the list takes longer than most answers.
    fn wait(self) {
        if self.slow.get_value().is_none() && !self.waiting.get_untracked() {
            let slow = move || {
                if self.waiting.try_set(true).is_none() {
                    self.follow_the_typing();
                }
            };
            self.slow.set_value(set_timeout_with_handle(slow, SLOW).ok());
        }
    }

    fn stop_waiting(self) {
        if let Some(timer) = self.slow.get_value() {
            timer.clear();
            self.slow.set_value(None);
        }
        if self.waiting.get_untracked() {
            self.waiting.set(false);
        }
    }

    fn show(self, answer: ListAnswer) {
        if self.cursor.get_untracked().is_some_and(|id| answer.rows.iter().all(|row| row.id != id)) {
            self.cursor.set(None);
        }
        if !self.failed.with_untracked(Option::is_none) {
            self.failed.set(None);
        }
        if self.arrived.get_untracked() > 0 {
            self.arrived.set(0);
        }
        if !self.gone.with_untracked(Vec::is_empty) {
            self.gone.set(Vec::new());
        }
        self.answer.set(answer);
    }
}

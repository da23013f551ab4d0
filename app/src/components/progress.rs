//! How far long work is: a bar, the count, the time left.

use domain::job::JobState;
use domain::lang::{Lang, fill, number};
use leptos::prelude::*;

use crate::api::jobs::JobLine;
use crate::text::frame as f;
use crate::text::jobs as t;

/// The bar. Without a known total it only says that something goes on.
#[component]
pub fn ProgressBar(#[prop(into)] percent: Signal<Option<u8>>, #[prop(into)] label: String) -> impl IntoView {
    view! { <progress class="progress" value=move || percent.get() max="100" aria-label=label></progress> }
}

/// "11,286 of 18,204 · 1 min left".
pub fn progress_text(job: &JobLine, lang: Lang) -> String {
    if job.state == JobState::Waiting {
        return job.state.label(lang).to_owned();
    }
    let say = |n: u64| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let done = match job.progress.total {
        Some(total) => fill(f::OF.get(lang), &[("done", &say(job.progress.done)), ("total", &say(total))]),
        None => say(job.progress.done),
    };
    match job.left() {
        Some(left) => format!("{done} · {}", fill(f::TIME_LEFT.get(lang), &[("time", &duration(left, lang))])),
        None => done,
    }
}

/// "40 s", "3 min", "2 h": rounded up, as a promise should be.
pub fn duration(millis: i64, lang: Lang) -> String {
    let seconds = (millis.max(0) + 999) / 1_000;
    let (text, n) = match seconds {
        0..90 => (t::SECONDS, seconds),
        90..5_400 => (t::MINUTES, (seconds + 59) / 60),
        _ => (t::HOURS, (seconds + 3_599) / 3_600),
    };
    fill(text.get(lang), &[("n", &n.to_string())])
}

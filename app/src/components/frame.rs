//! The frame around every page of somebody who is signed in.

use domain::id::PoolId;
use domain::job::Progress;
use domain::rights::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::api::jobs::active_jobs;
use crate::api::pools::pools;
use crate::api::session::{FrameData, PoolLine, first_frame, load_frame};
use crate::browser::connection::provide_connection;
use crate::browser::events::{Heard, Moved, hear, provide_events};
use crate::browser::keys;
use crate::components::asleep::Asleep;
use crate::components::command_palette::command_palette;
use crate::components::connection_bar::ConnectionBar;
use crate::components::error_view::ErrorView;
use crate::components::rail::Rail;
use crate::components::shortcuts_help::shortcuts_help;
use crate::components::toast::ToastRegion;
use crate::i18n::use_lang;
use crate::text::frame as t;
use crate::wire::Wire;

/// What the frame knows; pages may read it and say that it changed.
#[derive(Clone, Copy, Debug)]
pub struct FrameState {
    /// What is shown.
    pub data: RwSignal<FrameData>,
    /// The pool that the page is about.
    pub pool: Memo<Option<PoolId>>,
    /// Pools are being asked for; one that isn't known yet may come.
    pub asking: RwSignal<bool>,
    /// What was typed for the palette before it was there.
    pub typed_ahead: StoredValue<Option<String>>,
}

impl FrameState {
    /// Whether the viewer may do something; what they may not is not offered.
    pub fn may(self, right: Right) -> bool {
        self.data.with_untracked(|data| data.may(right))
    }

    /// The pool that the page is about, with its name and count.
    pub fn current(self) -> Option<PoolLine> {
        let pool = self.pool.get()?;
        self.data.with(|data| data.pool(pool).cloned())
    }

    /// All of it, where the server has not sent it along with the page.
    fn load(self) {
        spawn_local(async move {
            if let Ok(data) = load_frame().await {
                self.data.try_set(data);
            }
        });
    }

    /// Pools were made, renamed, deleted, or their counts changed.
    pub fn refresh_pools(self) {
        self.asking.set(true);
        spawn_local(async move {
            if let Ok(pools) = pools().await {
                self.data.try_update(|data| data.pools = pools);
            }
            self.asking.try_set(false);
        });
    }

    fn refresh_jobs(self) {
        spawn_local(async move {
            if let Ok(jobs) = active_jobs().await {
                self.data.try_update(|data| data.jobs = jobs);
            }
        });
    }

    fn hear(self, heard: &Heard) {
        match heard {
            Heard::Job(moved) => self.job_moved(*moved),
            Heard::Bulk { .. } | Heard::Pool | Heard::Profiles { .. } => self.refresh_pools(),
            // A job may have ended before the stream stood.
            Heard::Hello { .. } if self.data.with_untracked(|data| !data.jobs.is_empty()) => {
                self.refresh_jobs();
                self.refresh_pools();
            }
            Heard::Hello { .. } => {}
        }
    }

    fn job_moved(self, moved: Moved) {
        if moved.state.ended() {
            self.data.update(|data| data.jobs.retain(|job| job.id != moved.id));
            self.refresh_pools();
            return;
        }
        // The pace is only known to the server; it is asked as soon as there is something to say and every ten per cent.
        let percent = |progress: Progress| progress.percent().map(|percent| percent / 10);
        let known = self.data.try_update(|data| {
            let job = data.jobs.iter_mut().find(|job| job.id == moved.id)?;
            let same = job.state == moved.state && percent(job.progress) == percent(moved.progress);
            (job.state, job.progress) = (moved.state, moved.progress);
            Some(same)
        });
        if known.flatten() != Some(true) {
            self.refresh_jobs();
        }
    }
}

/// What the frame knows.
pub fn use_frame() -> FrameState {
    expect_context()
}

/// What the frame shows, and everything in it.
#[component]
pub fn Frame() -> impl IntoView {
    provide_connection();
    match SharedValue::<_, Wire>::new_with_encoding(first_frame).into_inner() {
        Ok(data) => view! { <Framed data/> }.into_any(),
        Err(error) => view! { <main class="page"><ErrorView error/></main> }.into_any(),
    }
}

#[component]
fn Framed(data: FrameData) -> impl IntoView {
    let lang = use_lang();
    let path = use_location().pathname;
    let pool = Memo::new(move |_| path.with(|path| path.strip_prefix("/pools/")?.split('/').next()?.parse().ok()));
    let state = FrameState { data: RwSignal::new(data), pool, asking: RwSignal::new(false), typed_ahead: StoredValue::new(None) };
    provide_context(state);
    Effect::new(move |_| {
        if state.data.with_untracked(|data| data.email.is_empty()) {
            state.load();
        }
    });
    // A pool that was made a moment ago, here or elsewhere: the frame has to learn of it.
    Effect::new(move |_| {
        let unknown = pool.get().is_some_and(|pool| state.data.with_untracked(|data| data.pool(pool).is_none()));
        if unknown {
            state.refresh_pools();
        }
    });
    // Of a pool that is gone there is nothing to tell.
    provide_events(Memo::new(move |_| pool.get().filter(|pool| state.data.with(|data| data.pool(*pool).is_some()))));
    hear(move |heard| state.hear(heard));
    let palette = RwSignal::new(false);
    let help = RwSignal::new(false);
    listen_to_keys(palette, help, state.typed_ahead);
    view! {
        <div class="frame">
            <a class="skip-link" href="#content" rel="external">{t::SKIP.get(lang)}</a>
            <Rail palette/>
            <main class="page" id="content" tabindex="-1">
                <Outlet/>
            </main>
            <ToastRegion/>
            <ConnectionBar/>
            <Asleep wanted=palette part=move || command_palette(palette)/>
            <Asleep wanted=help part=move || shortcuts_help(help)/>
        </div>
    }
}

/// So many bytes a palette that does not come keeps for itself.
const KEPT: usize = 40;

/// Ctrl-K or ⌘-K opens the palette anywhere, `?` the list of keys.
fn listen_to_keys(palette: RwSignal<bool>, help: RwSignal<bool>, typed_ahead: StoredValue<Option<String>>) {
    keys::listen(move |key| {
        match key.name.as_str() {
            "k" | "K" if key.control => {
                palette.update(|open| *open = !*open);
                typed_ahead.set_value(palette.get_untracked().then(String::new));
            }
            _ if typed_ahead.with_value(Option::is_some) => typed_ahead.update_value(|typed| keep(typed, &key.name)),
            "?" if !key.control && !key.typing => help.update(|open| *open = !*open),
            _ => return false,
        }
        true
    });
}

/// What is typed while the palette is on its way is meant for it, not for the field that has the focus until then.
fn keep(typed: &mut Option<String>, key: &str) {
    let Some(text) = typed else { return };
    match key {
        "Enter" => text.push('\n'),
        "Backspace" => _ = text.pop(),
        _ if key.chars().nth(1).is_none() => text.push_str(key),
        _ => {}
    }
    if text.len() > KEPT {
        *typed = None;
    }
}

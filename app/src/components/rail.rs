//! The frame's navigation: pools with their counts, work in progress, settings, the user.

use domain::id::ClientId;
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_router::hooks::use_location;

use crate::api::clients::SwitchClient;
use crate::api::jobs::JobLine;
use crate::api::session::PoolLine;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::team_head::first_side;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as t;
use crate::text::team;

/// Full, icons only, or a bar at the bottom of a phone: the room decides.
#[component]
pub fn Rail(
    /// Opens the palette.
    palette: RwSignal<bool>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let client = frame.data.with_untracked(|data| data.client_name.clone());
    let mark = initials(&client, 1);
    let client_title = client.clone();
    let (colour, others) = frame.data.with_untracked(|data| (data.colour.code(), data.clients.clone()));
    let administration = frame.data.with_untracked(|data| first_side(|right| data.may(right)));
    let administration = move |class: &'static str| {
        administration.map(|href| view! { <li class=class><RailLink href icon="lock" label=team::TITLE.get(lang)/></li> })
    };
    let pools = move || frame.data.with(|data| data.pools.clone());
    let jobs = move || frame.data.with(|data| data.jobs.clone());
    view! {
        <nav class="rail" aria-label=t::MAIN_NAVIGATION.get(lang)>
            <a class="rail__client" href=routes::START title=client_title>
                <span class="rail__mark" data-colour=colour aria-hidden="true">{mark}</span>
                <span class="rail__label">{client}</span>
            </a>
            {(!others.is_empty()).then(|| view! { <Switch others/> })}
            <button class="rail__item rail__goto" type="button" title=t::GO_TO.get(lang) aria-haspopup="dialog" on:click=move |_| palette.set(true)>
                <Icon name="search"/>
                <span class="rail__label">{t::GO_TO.get(lang)}</span>
                <kbd class="key">{t::GO_TO_KEYS.get(lang)}</kbd>
            </button>
            <ul class="rail__nav">
                <li>
                    <PoolsLink/>
                    <ul class="rail__sub" aria-label=t::POOLS.get(lang)>
                        <For each=pools key=|pool| (pool.id, pool.name.clone(), pool.n_profiles) let:pool>
                            <li><PoolLink pool/></li>
                        </For>
                    </ul>
                </li>
                <li class="rail__phone"><RailLink href=routes::JOBS icon="clock" label=t::JOBS.get(lang)/></li>
                {administration("rail__phone")}
                <li class="rail__phone"><RailLink href=routes::SETTINGS icon="settings" label=t::SETTINGS.get(lang)/></li>
            </ul>
            <div class="rail__foot">
                <For each=jobs key=|job| (job.id, job.state, job.progress.done, job.elapsed) let:job><RailJob job/></For>
                <ul>
                    <li><RailLink href=routes::JOBS icon="clock" label=t::JOBS.get(lang)/></li>
                    {administration("")}
                    <li><RailLink href=routes::SETTINGS icon="settings" label=t::SETTINGS.get(lang)/></li>
                    <li><User/></li>
                </ul>
            </div>
        </nav>
    }
}

/// The other clients of the viewer, each a plain form: the whole page changes.
#[component]
fn Switch(others: Vec<(ClientId, String)>) -> impl IntoView {
    let lang = use_lang();
    let one = |(client, name): (ClientId, String)| {
        view! {
            <form method="post" action=SwitchClient::PATH>
                <input type="hidden" name="client" value=client.to_string()/>
                <button class="menu__item" type="submit">{name}</button>
            </form>
        }
    };
    view! {
        <details class="menu-box rail__switch" data-menu="">
            <summary class="rail__item" title=t::SWITCH_CLIENT.get(lang)><Icon name="down"/><span class="rail__label">{t::SWITCH_CLIENT.get(lang)}</span></summary>
            <div class="menu">{others.into_iter().map(one).collect_view()}</div>
        </details>
    }
}

#[component]
fn PoolsLink() -> impl IntoView {
    let lang = use_lang();
    let path = use_location().pathname;
    let current = move || path.with(|path| path == routes::POOLS || path == routes::START).then_some("page");
    let open = move || path.with(|path| path.starts_with(routes::POOLS));
    view! {
        <a class="rail__item" href=routes::POOLS title=t::PROFILES.get(lang) aria-current=current data-open=open>
            <Icon name="profiles"/>
            <span class="rail__label">{t::PROFILES.get(lang)}</span>
        </a>
    }
}

#[component]
fn PoolLink(pool: PoolLine) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let id = pool.id;
    let current = move || (frame.pool.get() == Some(id)).then_some("page");
    view! {
        <a class="rail__item" href=routes::pool(id) aria-current=current>
            <span class="rail__pool">{pool.name}</span>
            " "
            <span class="rail__count">{number(pool.n_profiles, lang)}</span>
        </a>
    }
}

#[component]
fn RailLink(href: &'static str, icon: &'static str, label: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || path.with(|path| path.starts_with(href)).then_some("page");
    view! {
        <a class="rail__item" href=href title=label aria-current=current>
            <Icon name=icon/>
            <span class="rail__label">{label}</span>
        </a>
    }
}

/// Work in progress; leads to where its result will be.
#[component]
fn RailJob(job: JobLine) -> impl IntoView {
    let lang = use_lang();
    let percent = job.progress.percent();
    let shown = percent.map(|percent| format!("{percent} %"));
    let title = format!("{}, {}", job.title, shown.clone().unwrap_or_else(|| job.state.label(lang).to_owned()));
    let href = job.page.clone().unwrap_or_else(|| routes::JOBS.to_owned());
    view! {
        <a class="rail__job" href=href title=title>
            <span><span>{job.title.clone()}</span><span>{shown}</span></span>
            <ProgressBar percent=percent label=job.title.clone()/>
            <span>{progress_text(&job, lang)}</span>
        </a>
    }
}

/// Who is signed in, and the way out.
#[component]
fn User() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let (name, email) = frame.data.with_untracked(|data| (data.name.clone(), data.email.clone()));
    let label = fill(t::USER_MENU.get(lang), &[("name", &name)]);
    let mark = initials(&name, 2);
    view! {
        <details class="menu-box" data-menu="">
            <summary class="rail__item" title=label>
                <span class="rail__user" aria-hidden="true">{mark}</span>
                <span class="rail__label">{name}</span>
            </summary>
            <div class="menu menu--up">
                <h3>{email}</h3>
                <form method="post" action=routes::SIGN_OUT>
                    <button class="menu__item" type="submit"><Icon name="lock"/>{t::SIGN_OUT.get(lang)}</button>
                </form>
            </div>
        </details>
    }
}

/// The first letters of the first words.
fn initials(name: &str, n: usize) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(n).flat_map(char::to_uppercase).collect()
}

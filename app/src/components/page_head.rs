//! Breadcrumb, title, primary action; below them the sides of a pool.

use domain::id::PoolId;
use domain::lang::{Lang, fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::frame::use_frame;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as t;

pub mod rename;

use rename::PoolTitle;

/// A side of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Its profiles.
    List,
    /// How it is made up.
    Configuration,
    /// What programs need to know of it.
    Integration,
    /// Where files come in.
    Import,
    /// Its backups.
    Backup,
    /// Its deleted profiles.
    Bin,
}

impl Tab {
    const ALL: [Tab; 6] = [Tab::List, Tab::Configuration, Tab::Integration, Tab::Import, Tab::Backup, Tab::Bin];

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Tab::List => t::TAB_LIST,
            Tab::Configuration => t::TAB_CONFIGURATION,
            Tab::Integration => t::TAB_INTEGRATION,
            Tab::Import => t::TAB_IMPORT,
            Tab::Backup => t::TAB_BACKUP,
            Tab::Bin => t::TAB_BIN,
        }
        .get(lang)
    }

    /// Without it the side is not offered.
    const fn right(self) -> Right {
        match self {
            Tab::List => Right::SeeProfiles,
            Tab::Configuration | Tab::Integration => Right::SeePools,
            Tab::Import => Right::Import,
            Tab::Backup | Tab::Bin => Right::Restore,
        }
    }

    fn href(self, pool: PoolId) -> String {
        match self {
            Tab::List => routes::pool(pool),
            Tab::Configuration => routes::configuration(pool),
            Tab::Integration => routes::integration(pool),
            Tab::Import => routes::import(pool),
            Tab::Backup => routes::backups(pool),
            Tab::Bin => routes::bin(pool),
        }
    }
}

/// The head of a page that is about no pool.
#[component]
pub fn PageHead(
    /// The page's name, also in the window's title.
    #[prop(into)]
    title: String,
    /// Where the page belongs: words and address.
    #[prop(optional)]
    parent: Option<(String, String)>,
    /// The page's actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=title.clone()/>
        <header class="page-head">
            {parent.map(|(words, href)| view! {
                <nav class="breadcrumb" aria-label=t::PATH.get(lang)><ol><li><a href=href>{words}</a></li></ol></nav>
            })}
            <div class="page-head__title"><h1>{title}</h1></div>
            <div class="page-head__actions">{children.map(|children| children())}</div>
        </header>
    }
}

/// The head of a page about the pool in the address, with the pool's tabs.
#[component]
pub fn PoolHead(
    /// The side of the pool that the page shows.
    tab: Tab,
    /// Number of profiles where the page knows it better than the frame.
    #[prop(optional, into)]
    count: Option<Signal<i64>>,
    /// The page's actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let name = Memo::new(move |_| frame.current().map(|pool| pool.name).unwrap_or_default());
    let n = move || count.map_or_else(|| frame.current().map_or(0, |pool| pool.n_profiles), |count| count.get());
    let window_title = move || format!("{}: {}", name.get(), tab.label(lang));
    view! {
        <Title text=window_title/>
        <header class="page-head">
            <nav class="breadcrumb" aria-label=t::PATH.get(lang)><ol><li><a href=routes::POOLS>{t::PROFILES.get(lang)}</a></li></ol></nav>
            <div class="page-head__title">
                <PoolTitle name/>
                <span class="page-head__count">{move || n_profiles(n(), lang)}</span>
            </div>
            <div class="page-head__actions">{children.map(|children| children())}</div>
        </header>
        <nav class="tabs" aria-label=move || fill(t::TABS_OF.get(lang), &[("name", &name.get())])>
            <ul>
                {Tab::ALL.into_iter().filter(|one| frame.may(one.right())).map(|one| {
                    let href = move || frame.pool.get().map(|pool| one.href(pool));
                    view! { <li><a href=href aria-current=(one == tab).then_some("page")>{one.label(lang)}</a></li> }
                }).collect_view()}
            </ul>
        </nav>
    }
}

/// "1 profile", "1,284 profiles".
pub fn n_profiles(n: i64, lang: Lang) -> String {
    if n == 1 { t::ONE_PROFILE.get(lang).to_owned() } else { fill(t::N_PROFILES.get(lang), &[("n", &number(n, lang))]) }
}

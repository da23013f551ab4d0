//! The search among the fields: as one types, and a plain form until the page is awake.

use domain::id::PoolId;
use domain::lang::{Lang, fill, number};
use domain::search::{Query, index_text};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::integration::FieldLine;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::integration as t;

/// What is searched, and which fields it hits.
#[derive(Clone, Copy)]
pub struct Search {
    pool: PoolId,
    /// What the address asks for.
    asked: Memo<String>,
    /// What stands in the box.
    typed: RwSignal<String>,
    hits: Memo<Vec<bool>>,
    all: usize,
}

impl Search {
    /// As the address has it.
    pub(super) fn new(pool: PoolId, fields: &[FieldLine]) -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
        let typed = RwSignal::new(asked.get_untracked());
        // Back and forward change the address, and with it what is searched.
        Effect::new(move |_| typed.set(asked.get()));
        let texts: Vec<String> = fields.iter().map(searched).collect();
        let hits = Memo::new(move |_| {
            let query = Query::parse(&typed.read());
            texts.iter().map(|text| query.matches(text)).collect()
        });
        Self { pool, asked, typed, hits, all: fields.len() }
    }

    /// Whether the field at a place is among the hits.
    pub(super) fn shows(self, nth: usize) -> bool {
        self.hits.with(|hits| hits.get(nth) != Some(&false))
    }

    /// How many are.
    pub(super) fn n(self) -> usize {
        self.hits.with(|hits| hits.iter().filter(|hit| **hit).count())
    }

    fn counted(self, lang: Lang) -> String {
        let words = |n: usize| number(n as i64, lang);
        match (self.n(), self.all) {
            (n, all) if n == all => fill(t::N_FIELDS.get(lang), &[("n", &words(n))]),
            (n, all) => fill(t::OF_FIELDS.get(lang), &[("n", &words(n)), ("all", &words(all))]),
        }
    }
}

/// Everything that a field may be looked for by.
fn searched(field: &FieldLine) -> String {
    let id = field.id.to_string();
    let parts = [&field.label, &field.key, &field.variable, &field.kind, &field.code, &id].map(String::as_str).into_iter();
    index_text(parts.chain(field.options.iter().flat_map(|(id, label)| [id.as_str(), label.as_str()])))
}

/// The box. Each key press searches; a pause or Enter puts it into the address.
#[component]
pub fn FieldSearch(search: Search) -> impl IntoView {
    let lang = use_lang();
    let Search { pool, asked, typed, .. } = search;
    let input = NodeRef::<leptos::html::Input>::new();
    browser::list::adopt_typed(input, Memo::new(move |_| typed.get()), || false, move |text| typed.set(text));
    browser::keys::listen(|key| {
        let ours = key.name == "/" && !key.typing && !key.control && !key.alt;
        if ours {
            browser::forms::focus("field-search");
        }
        ours
    });
    let navigate = use_navigate();
    let settle = Callback::new(move |()| {
        let (q, here) = (typed.get_untracked(), routes::integration(pool));
        let q = q.trim();
        let href = if q.is_empty() { here } else { format!("{here}?q={}", routes::escape(q)) };
        navigate(&href, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let clear = move || {
        typed.set(String::new());
        browser::forms::focus("field-search");
    };
    let empty = move || typed.with(String::is_empty);
    view! {
        <form class="search-form" role="search" method="get" action=routes::integration(pool) on:submit=move |event| { event.prevent_default(); settle.run(()); }>
            <div class="input input--small search">
                <Icon name="search"/>
                <input node_ref=input id="field-search" type="search" name="q" aria-label=t::SEARCH.get(lang) placeholder=t::SEARCH.get(lang)
                    aria-describedby="field-hits" aria-keyshortcuts="/" autocomplete="off" spellcheck="false" maxlength="200" value=asked.get_untracked()
                    on:input=move |event| typed.set(event_target_value(&event)) on:change=move |_| settle.run(())/>
                <output id="field-hits" aria-live="polite">{move || search.counted(lang)}</output>
                {move || (!empty()).then(|| view! {
                    <a class="icon-button icon-button--small" href=routes::integration(pool) aria-label=t::CLEAR_SEARCH.get(lang) title=t::CLEAR_SEARCH.get(lang)
                        on:click=move |_| clear()><Icon name="close"/></a>
                })}
                {move || empty().then(|| view! { <kbd class="key">"/"</kbd> })}
            </div>
        </form>
    }
}

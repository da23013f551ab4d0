//! /audit?q=&deed=&who=&object=&from=&to=&before= — who did what to which object, when and from where.

use domain::lang::fill;
use domain::rights::Right;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::audit::{AuditList, show_audit};
use crate::browser;
use crate::components::error_view::ErrorView;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::skeleton::ListSkeleton;
use crate::components::team_head::TeamHead;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::audit as t;
use crate::wire::Wire;

pub mod filter;
pub mod table;

use filter::Filter;
use table::Table;

/// The log of the viewer's client.
#[component]
pub fn AuditPage() -> impl IntoView {
    let search = use_location().search;
    let list = Resource::<_, Wire>::new_with_options(move || search.get(), show_audit, true);
    // The form is written anew with each answer; who was typing in it goes on there.
    let focused = StoredValue::new(None::<String>);
    let navigate = use_navigate();
    let go = Callback::new(move |href: String| {
        focused.set_value(browser::forms::focused());
        navigate(&href, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    view! {
        <TeamHead here=routes::AUDIT/>
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match list.await {
                    Ok(list) => view! { <Shown list focused go/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Shown(list: AuditList, focused: StoredValue<Option<String>>, go: Callback<String>) -> impl IntoView {
    let lang = use_lang();
    Effect::new(move |_| browser::forms::restore_focus(focused.try_update_value(Option::take).flatten()));
    let AuditList { asked, lines, deeds, people, older, newest, query } = list;
    let file = move |(ending, more, name): (&'static str, &'static str, &'static str)| {
        let href = routes::audit_file(ending, &query, more);
        view! { <a class="button button--quiet" href=href download="" rel="external"><Icon name="download"/><span>{name}</span></a> }
    };
    let range = lines
        .first()
        .zip(lines.last())
        .map(|(last, first)| fill(t::RANGE.get(lang), &[("last", &last.n.to_string()), ("first", &first.n.to_string())]));
    let empty = lines.is_empty();
    let may_take = use_frame().may(Right::ExportLog);
    view! {
        <section class="list audit" aria-label=t::TITLE.get(lang)>
            <div class="toolbar">
                <p class="toolbar__text">{t::LEAD.get(lang)}</p>
                <span class="toolbar__space"></span>
                {may_take.then(|| view! { <nav class="files" aria-label=t::DOWNLOAD.get(lang)>{t::FILES.map(file).collect_view()}</nav> })}
            </div>
            <Filter asked deeds people go/>
            {if empty {
                view! { <div class="empty"><Icon name="search"/><h2>{t::NOTHING.get(lang)}</h2><p>{t::NOTHING_LEAD.get(lang)}</p></div> }.into_any()
            } else {
                view! { <Table lines/> }.into_any()
            }}
            <nav class="pager" aria-label=t::PAGES.get(lang)>
                <span class="pager__range" role="status">{range}</span>
                <div class="pager__move">
                    {newest.map(|href| view! { <a class="button button--quiet" href=href><Icon name="first"/><span>{t::NEWEST.get(lang)}</span></a> })}
                    {older.map(|href| view! { <a class="button button--quiet" rel="next" href=href><Icon name="right"/><span>{t::OLDER.get(lang)}</span></a> })}
                </div>
            </nav>
        </section>
    }
}

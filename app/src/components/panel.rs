//! One profile beside the list.

use domain::lang::{fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::profiles::sheet::Sheet;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::profile_details::{ProfileAreas, ProfileHead};
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::lister::panel::Shown;
use crate::pages::profiles::place::Open;
use crate::pages::profiles::words as w;
use crate::parts::part;

/// The panel, while the address opens something.
#[component]
pub fn Panel(lister: Lister) -> impl IntoView {
    let open = Memo::new(move |_| lister.place.with(|place| place.open != Open::Nothing));
    view! { {move || open.get().then(|| Suspend::new(async move { open_panel(lister).await.ok() }))} }
}

part! {
    /// What is open beside the list.
    panel, open_panel, fetch_open_panel(lister: Lister) {
        view! { <OpenPanel lister/> }.into_any()
    }
}

#[component]
fn OpenPanel(lister: Lister) -> impl IntoView {
    let sheet = Memo::new(move |_| {
        lister.sheet.with(|shown| match shown {
            Shown::Sheet(packed) => packed.open(),
            _ => None,
        })
    });
    // What the server wrote is woken as a whole; what is opened here comes gradually.
    let written = StoredValue::new(browser::document::is_there("panel"));
    let label =
        move || sheet.with(|sheet| if sheet.as_ref().is_some_and(|sheet| sheet.id.is_none()) { "new-entry" } else { "profile-name" });
    view! {
            <aside class="panel" id="panel" aria-labelledby=label tabindex="-1" aria-busy=move || lister.sheet_waiting.get().then_some("true")>
                <PanelBar lister/>
                {move || match lister.sheet.get() {
                    Shown::Nothing => view! { <PanelSkeleton/> }.into_any(),
                    Shown::Gone => view! { <Gone lister/> }.into_any(),
                    Shown::Sheet(_) => match sheet.get() {
                        Some(sheet) => {
                            let gradually = !written.get_value();
                            written.set_value(false);
                            view! { <Open lister sheet gradually/> }.into_any()
                        }
                        None => view! { <Gone lister/> }.into_any(),
                    },
                }}
            </aside>
    }
}

#[component]
fn Open(lister: Lister, sheet: Sheet, gradually: bool) -> impl IntoView {
    let edit = Signal::derive(move || lister.place.with(|place| place.edit));
    let details = move || lister.href(|place| place.area(false));
    let form = move || lister.href(|place| place.area(true));
    let on_saved = Callback::new(move |sheet: Sheet| lister.saved(sheet));
    view! {
        <ProfileHead sheet=sheet.clone()/>
        <ProfileAreas pool=lister.pool sheet edit details_href=details edit_href=form on_saved guard=lister.unsaved gradually/>
    }
}

/// Previous, next, place in the list; link, page, delete, close.
#[component]
fn PanelBar(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let id = move || {
        lister.place.with(|place| match place.open {
            Open::Profile(id) => Some(id),
            _ => None,
        })
    };
    let at = Memo::new(move |_| {
        let id = id()?;
        lister.answer.with(|answer| answer.rows.iter().position(|row| row.id == id))
    });
    let beside = move |step: isize| {
        let at = at.get()?.checked_add_signed(step)?;
        lister.answer.with(|answer| answer.rows.get(at).map(|row| row.id))
    };
    let href = move |step: isize| move || beside(step).map(|id| lister.href(|place| place.opening(Open::Profile(id))));
    let off = move |step: isize| move || beside(step).is_none().then_some("true");
    let position = move || {
        let at = at.get()?;
        let n = lister.answer.with(|answer| (answer.page.max(1) - 1) * answer.page_size) + at as u64 + 1;
        let total = lister.total.get()?;
        Some(fill(w::POSITION.get(lang), &[("n", &number(n as i64, lang)), ("total", &number(total as i64, lang))]))
    };
    let page = move || id().map(|id| format!("/pools/{}/profiles/{id}", lister.pool));
    view! {
        <div class="panel__bar">
            <a class="icon-button" role="link" href=href(-1) aria-disabled=off(-1) aria-label=w::PREVIOUS_PROFILE.get(lang) title=w::PREVIOUS_PROFILE.get(lang)><Icon name="up"/></a>
            <a class="icon-button" role="link" href=href(1) aria-disabled=off(1) aria-label=w::NEXT_PROFILE.get(lang) title=w::NEXT_PROFILE.get(lang)><Icon name="down"/></a>
            <span class="panel__position">{position}</span>
            {move || id().map(|id| view! {
                <button class="icon-button" type="button" data-awake aria-label=w::COPY_LINK.get(lang) title=w::COPY_LINK.get(lang) on:click=move |_| lister.copy_link(id, lang)><Icon name="link"/></button>
                <a class="icon-button" href=page aria-label=w::OPEN_PAGE.get(lang) title=w::OPEN_PAGE.get(lang)><Icon name="expand"/></a>
                {lister.may(Right::DeleteProfiles).then(|| view! {
                    <button class="icon-button" type="button" data-awake aria-label=w::DELETE_PROFILE.get(lang) title=w::DELETE_PROFILE.get(lang) on:click=move |_| lister.delete_one(id, lang)><Icon name="trash"/></button>
                })}
            })}
            <a class="icon-button" href=move || lister.href(|place| place.opening(Open::Nothing)) aria-label=w::CLOSE.get(lang) title=w::CLOSE.get(lang)><Icon name="close"/></a>
        </div>
    }
}

/// The profile went away.
#[component]
fn Gone(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="empty" role="status">
            <Icon name="trash"/>
            <h2>{w::GONE.get(lang)}</h2>
            <div class="empty__actions"><a class="button" href=format!("/pools/{}/bin", lister.pool)>{w::TO_BIN.get(lang)}</a></div>
        </div>
    }
}

/// The shape of a profile that is on its way.
#[component]
fn PanelSkeleton() -> impl IntoView {
    view! {
        <div class="panel__head" aria-hidden="true"><div class="panel__skeleton">
            <span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>
        </div></div>
    }
}

/// The keyboard goes into the panel when it opens for a new entry or for editing.
pub fn focus_form() {
    spawn_local(async {
        _ = fetch_open_panel().await;
        request_animation_frame(|| browser::forms::focus_first("profile-form"));
    });
}

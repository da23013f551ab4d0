//! `/`: on to the first pool, or the ways to make one.

use domain::rights::Right;
use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::api::pools::{BeginWithFile, CreatePool, LoadDemo};
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::i18n::use_lang;
use crate::pages::pools::deleted::DeletedPools;
use crate::routes;
use crate::text::pools as t;

/// Without a pool the first screen, else the first pool.
#[component]
pub fn StartPage() -> impl IntoView {
    let frame = use_frame();
    let first = frame.data.with_untracked(|data| data.pools.first().map(|pool| pool.id));
    match first {
        Some(pool) => view! { <Redirect path=routes::pool(pool)/> }.into_any(),
        None => view! { <FirstRun/> }.into_any(),
    }
}

/// Three ways to begin.
#[component]
pub fn FirstRun() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let may = frame.may(Right::CreatePools);
    let client = frame.data.with_untracked(|data| data.client_name.clone());
    let create = ServerAction::<CreatePool>::new();
    let file = ServerAction::<BeginWithFile>::new();
    let demo = ServerAction::<LoadDemo>::new();
    for version in [create.version(), file.version(), demo.version()] {
        Effect::new(move |before: Option<usize>| {
            let now = version.get();
            if before.is_some_and(|before| before != now) {
                frame.refresh_pools();
            }
            now
        });
    }
    let error = move || {
        let created = create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
        let filed = file.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
        let loaded = demo.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
        created.or(filed).or(loaded).map(|error| error.message(lang))
    };
    let title = if client.is_empty() { t::TITLE.get(lang).to_owned() } else { client };
    view! {
        <PageHead title=title/>
        <div class="page__body page__body--ruled">
            {if may { view! { <section class="first-run" aria-labelledby="first-pool">
                <h2 id="first-pool">{t::FIRST_TITLE.get(lang)}</h2>
                <p class="first-run__lead">{t::FIRST_LEAD.get(lang)}</p>
                <div role="alert">{move || error().map(|sentence| view! { <p class="notice notice--negative"><Icon name="alert"/>{sentence}</p> })}</div>
                <ul class="first-run__ways">
                    <li>
                        <Icon name="import"/>
                        <div><h3>{t::FIRST_IMPORT.get(lang)}</h3><p>{t::FIRST_IMPORT_TEXT.get(lang)}</p></div>
                        <ActionForm action=file>
                            <button class="button button--primary" type="submit"><Icon name="upload"/><span>{t::FIRST_IMPORT_BUTTON.get(lang)}</span></button>
                        </ActionForm>
                    </li>
                    <li>
                        <Icon name="pool"/>
                        <div><h3>{t::FIRST_POOL.get(lang)}</h3><p>{t::FIRST_POOL_TEXT.get(lang)}</p></div>
                        <ActionForm action=create>
                            <span class="input input--small">
                                <input type="text" name="name" value=t::DEFAULT_NAME.get(lang) aria-label=t::CREATE_LABEL.get(lang) required maxlength="200" autocomplete="off"/>
                            </span>
                            <button class="button" type="submit">{t::CREATE.get(lang)}</button>
                        </ActionForm>
                    </li>
                    <li>
                        <Icon name="flask"/>
                        <div><h3>{t::FIRST_DEMO.get(lang)}</h3><p>{t::FIRST_DEMO_TEXT.get(lang)}</p></div>
                        <ActionForm action=demo>
                            <button class="button" type="submit">{t::FIRST_DEMO_BUTTON.get(lang)}</button>
                        </ActionForm>
                    </li>
                </ul>
            </section> }.into_any() } else { view! { <div class="empty"><Icon name="pool"/><h2>{t::NO_POOL.get(lang)}</h2><p>{t::NO_POOL_LEAD.get(lang)}</p></div> }.into_any() }}
            <div class="depth-lines" aria-hidden="true"></div>
            <DeletedPools/>
        </div>
    }
}

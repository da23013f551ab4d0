//! `/pools/:pool/configuration/file`: how a pool is made up, to take away and to bring.

pub mod comparison;

use domain::id::PoolId;
use domain::lang::{Lang, fill, number};
use domain::rights::Right;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::comparison::ComparisonView;
use crate::api::layout::{Compared, UndoLayout, apply_layout, compare_layout, undo_layout};
use crate::browser::text_file::text_of_choice;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::toast::{Toast, Toasts, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as f;
use crate::text::layout as t;
use crate::wire::Wire;

/// A form that is sent has no room for more.
const MAX_TEXT: usize = 600_000;

/// What was asked for: the text to be compared, and how often, so that the same text can be compared again.
type Asked = (String, u32);

/// Download, comparison, application.
#[component]
pub fn LayoutFilePage() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let params = use_params_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let may = frame.may(Right::Configure);
    // The frame hears of every change of a pool; what was typed here stays unless the pool is another one.
    let name = Memo::new(move |_| {
        pool.get().and_then(|pool| frame.data.with(|data| data.pool(pool).map(|pool| pool.name.clone()))).unwrap_or_default()
    });
    move || {
        let pool = pool.get()?;
        let name = name.get();
        Some(view! {
            <PageHead title=t::TITLE.get(lang) parent=(name, routes::pool(pool))/>
            <div class="page__body page__body--ruled">
                <div class="layout-file">
                    <Download pool/>
                    {if may { view! { <Bring pool/> }.into_any() } else { view! { <p class="notice"><Icon name="lock"/>{t::NOT_ADMINISTRATOR.get(lang)}</p> }.into_any() }}
                </div>
            </div>
        })
    }
}

#[component]
fn Download(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    view! {
        <section aria-labelledby="layout-download">
            <p class="layout-file__lead">{t::LEAD.get(lang)}</p>
            <h2 id="layout-download">{t::DOWNLOAD.get(lang)}</h2>
            <p>{t::DOWNLOAD_LEAD.get(lang)}</p>
            <p class="layout-file__actions">
                <a class="button" href=routes::layout_download(pool, "yaml") rel="external" download=""><Icon name="download"/><span>{t::YAML.get(lang)}</span></a>
                <a class="button" href=routes::layout_download(pool, "json") rel="external" download=""><Icon name="download"/><span>{t::JSON.get(lang)}</span></a>
            </p>
        </section>
    }
}

/// The text of a file, what it would change, and the button that does it.
#[component]
fn Bring(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let toasts = use_toasts();
    let begin = query.with_untracked(|query| query.get("text").unwrap_or_default());
    let text = RwSignal::new(begin.clone());
    let asked = RwSignal::<Asked>::new((begin, 0));
    let refused = RwSignal::new(None::<String>);
    let compared = Resource::<_, Wire>::new_with_options(move || asked.get(), move |(text, _)| compared(pool, text), true);
    let compare = move |content: String| {
        refused.set(None);
        if content.len() > MAX_TEXT {
            refused.set(Some(t::TOO_LARGE.get(lang).to_owned()));
        } else {
            asked.update(|(text, n)| (*text, *n) = (content, *n + 1));
        }
    };
    // The reader may have gone elsewhere when the answer comes.
    let again = move || {
        asked.try_update(|(_, n)| *n += 1);
    };
    let apply = Callback::new(move |()| {
        let content = asked.with_untracked(|(text, _)| text.clone());
        spawn_local(async move {
            match apply_layout(pool, content).await {
                Ok(done) => {
                    if let Some((change, n)) = done {
                        toasts.show(said_with_undo(pool, change, n, lang, toasts, again));
                    }
                    again();
                }
                Err(error) => _ = refused.try_set(Some(error.message(lang))),
            }
        });
    });
    let file = NodeRef::<Input>::new();
    let choose = move |_| {
        text_of_choice(file, move |content| {
            text.set(content.clone());
            compare(content);
        })
    };
    view! {
        <section aria-labelledby="layout-apply">
            <h2 id="layout-apply">{t::APPLY_TITLE.get(lang)}</h2>
            <p>{t::APPLY_LEAD.get(lang)}</p>
            <Done pool/>
            <form method="get" action=routes::layout_file(pool) on:submit=move |event| { event.prevent_default(); compare(text.get_untracked()); }>
                <div class="field">
                    <label class="field__label" for="layout-text">{t::TEXT.get(lang)}</label>
                    <textarea class="input input--mono" id="layout-text" name="text" rows="10" spellcheck="false" autocomplete="off" required
                        prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))>{text.get_untracked()}</textarea>
                </div>
                <p class="layout-file__actions">
                    <button class="button button--primary" type="submit">{t::COMPARE.get(lang)}</button>
                    <label class="button" data-awake="">
                        <Icon name="upload"/><span>{t::CHOOSE.get(lang)}</span>
                        <input class="visually-hidden" type="file" accept=".yaml,.yml,.json,application/json,application/yaml,text/plain" node_ref=file on:change=choose/>
                    </label>
                </p>
            </form>
            <div role="alert">{move || refused.get().map(|sentence| view! { <p class="notice notice--negative"><Icon name="alert"/><span>{sentence}</span></p> })}</div>
            <div aria-live="polite">
                <Transition>
                    {move || Suspend::new(async move {
                        match compared.await {
                            Ok(None) => ().into_any(),
                            Ok(Some(compared)) => {
                                let content = asked.with_untracked(|(text, _)| text.clone());
                                view! { <ComparisonView pool compared content apply/> }.into_any()
                            }
                            Err(error) => view! { <p class="notice notice--negative"><Icon name="alert"/><span>{error.message(lang)}</span></p> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </section>
    }
}

async fn compared(pool: PoolId, text: String) -> Result<Option<Compared>, AppError> {
    if text.is_empty() { Ok(None) } else { compare_layout(pool, text).await.map(Some) }
}

/// What was done, with the way back; `again` compares once more.
fn said_with_undo(pool: PoolId, change: i64, n: u64, lang: Lang, toasts: Toasts, again: impl Fn() + Copy + Send + Sync + 'static) -> Toast {
    Toast::new(fill(t::DONE.get(lang), &[("changes", &n_changes(n, lang))])).with_action(f::UNDO.get(lang), move || {
        spawn_local(async move {
            toasts.show(match undo_layout(pool, change).await {
                Ok(()) => Toast::new(t::UNDONE.get(lang)),
                Err(error) => Toast::negative(error.message(lang)),
            });
            again();
        });
    })
}

/// "1 change", "12 changes".
fn n_changes(n: u64, lang: Lang) -> String {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    if n == 1 { t::ONE_CHANGE.get(lang).to_owned() } else { fill(t::N_CHANGES.get(lang), &[("n", &number(n, lang))]) }
}

/// What a plain form has done, while the address says so.
#[component]
fn Done(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let done = move || {
        let done = query.with(|query| query.get("done"))?;
        let (change, n) = done.split_once('.')?;
        let n: u64 = n.parse().ok()?;
        let change: i64 = change.parse().ok()?;
        Some(view! {
            <form class="notice layout-file__notice" method="post" action=UndoLayout::PATH>
                <input type="hidden" name="pool" value=pool.to_string()/>
                <input type="hidden" name="change" value=change/>
                <p>{fill(t::DONE.get(lang), &[("changes", &n_changes(n, lang))])}</p>
                <button class="button button--quiet" type="submit"><Icon name="undo"/><span>{f::UNDO.get(lang)}</span></button>
            </form>
        })
    };
    let undone = move || {
        query.with(|query| query.get("undone").is_some()).then(|| view! { <p class="notice" role="status">{t::UNDONE.get(lang)}</p> })
    };
    view! { {done}{undone} }
}

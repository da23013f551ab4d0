//! `/pools/:pool/configuration/fields/:field/convert`: a field gets another type, after a look at what becomes of its values.

use domain::id::{FieldId, PoolId};
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::convert::{ConvertSheet, KindLine, load_convert};
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::steps::Steps;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::{configuration as words, convert as t};
use crate::wire::Wire;

pub mod run;
pub mod trial;

use run::RunView;
use trial::TrialView;

/// Without a type in the address one is chosen, or it is shown how the last conversion goes; with one the preview is shown.
#[component]
pub fn ConvertPage() -> impl IntoView {
    let frame = use_frame();
    let (params, query) = (use_params_map(), use_query_map());
    let field = Memo::new(move |_| params.with(|params| params.get("field")).and_then(|id| id.parse::<FieldId>().ok()));
    let to = Memo::new(move |_| query.with(|query| query.get("to")));
    let known = Memo::new(move |_| frame.current().is_some());
    move || match (known.get(), frame.pool.get(), field.get()) {
        (true, Some(pool), Some(field)) => view! { <OneField pool field to/> }.into_any(),
        (false, _, _) if frame.asking.get() => ().into_any(),
        _ => view! { <ErrorView error=AppError::NotFound/> }.into_any(),
    }
}

#[component]
fn OneField(pool: PoolId, field: FieldId, to: Memo<Option<String>>) -> impl IntoView {
    let sheet = Resource::<_, Wire>::new_with_options(move || to.get(), move |to| load_convert(pool, field, to), true);
    let retry = Callback::new(move |()| sheet.refetch());
    let look = move || {
        // A preview stays as it is while it is read.
        if to.try_get_untracked() == Some(None) {
            sheet.refetch();
        }
    };
    hear(move |heard| {
        // The job may have ended before the page listened. The page must be awake before it can change: news waits a moment.
        if matches!(heard, Heard::Job(_) | Heard::Hello { .. }) {
            set_timeout(look, std::time::Duration::from_millis(600));
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) => view! { <Sheet pool field sheet/> }.into_any(),
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(pool: PoolId, field: FieldId, sheet: ConvertSheet) -> impl IntoView {
    let lang = use_lang();
    let ConvertSheet { label, now, kinds, trial, fixed, last } = sheet;
    if let Some(why) = fixed {
        return view! { <Fixed pool field label why/> }.into_any();
    }
    let at = match (&trial, &last) {
        (Some(_), _) => 1,
        (None, Some(last)) if !last.job.state.ended() => 2,
        (None, Some(last)) if last.until.is_some() => 3,
        _ => 0,
    };
    let going = at == 2;
    let show_last = last.filter(|last| at > 1 || last.job.state.ended() && last.until.is_none() && at == 0 && last.job.error.is_some());
    view! {
        <PageHead title=fill(t::TITLE.get(lang), &[("name", &label)]) parent={(t::TO_CONFIGURATION.get(lang).to_owned(), routes::configuration(pool))}/>
        <div class="toolbar mapping__bar"><Steps of=t::STEPS steps=[t::STEP_KIND, t::STEP_PREVIEW, t::STEP_RUN] at/></div>
        <div class="page__body page__body--ruled">
            {match trial {
                Some((to, preview, failures)) => view! { <TrialView pool field now to preview failures/> }.into_any(),
                None => view! {
                    <div class="convert">
                        {show_last.map(|last| view! { <RunView pool field last/> })}
                        {(!going).then(|| view! { <Choose pool field now kinds/> })}
                    </div>
                }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// A field that keeps its type: why, and the way back.
#[component]
fn Fixed(pool: PoolId, field: FieldId, label: String, why: String) -> impl IntoView {
    let lang = use_lang();
    let page = routes::configuration(pool);
    let new = format!("{page}?new=field");
    view! {
        <PageHead title=fill(t::TITLE.get(lang), &[("name", &label)]) parent={(t::TO_CONFIGURATION.get(lang).to_owned(), page)}/>
        <div class="page__body page__body--ruled">
            <section class="empty">
                <Icon name="lock"/>
                <h2>{t::FIXED_TITLE.get(lang)}</h2>
                <p>{why}</p>
                <div class="empty__actions">
                    <a class="button button--primary" href=routes::configured_field(pool, field)>{t::BACK_TO_FIELD.get(lang)}</a>
                    <a class="button" href=new>{words::NEW_FIELD.get(lang)}</a>
                </div>
            </section>
        </div>
    }
}

/// The types, as a plain form whose answer is the preview.
#[component]
fn Choose(pool: PoolId, field: FieldId, now: KindLine, kinds: Vec<KindLine>) -> impl IntoView {
    let lang = use_lang();
    let kinds = kinds.into_iter().enumerate().map(|(n, kind)| {
        view! {
            <label class="convert__kind">
                <input type="radio" name="to" value=kind.code required=n == 0/>
                <Icon name=kind.icon/>
                <span>{kind.label}</span>
            </label>
        }
    });
    view! {
        <form class="convert__choose" method="get" action=routes::convert(pool, field)>
            <p>{fill(t::NOW_IS.get(lang), &[("kind", &now.label)])}</p>
            <fieldset class="field">
                <legend class="field__label">{t::CHOOSE.get(lang)}</legend>
                <div class="convert__kinds">{kinds.collect_view()}</div>
            </fieldset>
            <div><button class="button button--primary" type="submit">{t::SEE.get(lang)}</button></div>
        </form>
    }
}

//! The form of a regular import.

use domain::id::{PoolId, ScheduleId};
use domain::lang::{Text, fill};
use domain::schedule::{Timing, Typed, weekday};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::schedules::{Choices, SaveSchedule, halves, schedule_setup};
use crate::browser::json::Object;
use crate::components::error_view::ErrorView;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::skeleton::ListSkeleton;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::schedules as t;
use crate::wire::Wire;

/// A new one, or one to be changed.
#[component]
pub fn OneSchedule(pool: PoolId, id: Option<ScheduleId>, save: ServerAction<SaveSchedule>) -> impl IntoView {
    // What was wrong with another one is not wrong with this one.
    if use_query_map().with_untracked(|query| query.get("__err").is_none()) {
        save.clear();
    }
    let sheet = Resource::<_, Wire>::new_with_options(|| (), move |()| schedule_setup(pool, id), true);
    let retry = Callback::new(move |()| sheet.refetch());
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) => view! { <Fields pool id sheet save/> }.into_any(),
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What was typed into the plain form that was refused, when this page is the answer to it.
fn typed_before(save: ServerAction<SaveSchedule>) -> Option<Typed> {
    use_query_map().with_untracked(|query| query.get("__err").is_some()).then_some(())?;
    let typed = save.value().with_untracked(|value| value.as_ref()?.as_ref().err()?.typed())?;
    let object = Object::parse(&typed)?;
    let text = |name| object.text(name).unwrap_or_default();
    let every = text("every");
    let timing = if every.ends_with('m') { every } else { format!("{every} {}", text("at")) };
    Some(Typed {
        name: text("name"),
        source: text("source"),
        login: text("login"),
        secret: String::new(),
        mapping: text("mapping"),
        timing,
        percent: text("percent"),
        alarm_to: text("alarm_to"),
        paused: object.text("paused").is_some(),
    })
}

#[component]
fn Fields(pool: PoolId, id: Option<ScheduleId>, sheet: Choices, save: ServerAction<SaveSchedule>) -> impl IntoView {
    let lang = use_lang();
    let Choices { typed, has_secret, mappings, members, hosts, inbox } = sheet;
    let typed = typed_before(save).unwrap_or(typed);
    let (every, at) = halves(&typed.timing);
    let error_of = move |field: &'static str| {
        Signal::derive(move || save.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field(field, lang))))
    };
    let refused = move || {
        let sentence = save.value().with(|value| match value {
            Some(Err(AppError::Invalid(_))) | Some(Ok(())) | None => None,
            Some(Err(error)) => Some(error.message(lang)),
        });
        sentence.map(|sentence| view! { <p class="notice notice--negative" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })
    };
    Effect::new(move |_| crate::browser::document::focus("form[name]"));
    let from = [
        fill(t::SOURCE_HELP.get(lang), &[("inbox", &inbox)]),
        match hosts.is_empty() {
            true => t::SOURCE_NO_HOSTS.get(lang).to_owned(),
            false => fill(t::SOURCE_HOSTS.get(lang), &[("hosts", &hosts.join(", "))]),
        },
    ];
    let secret_help = if has_secret { t::SECRET_KEPT } else { t::SECRET_HELP };
    let kept = std::iter::once((String::new(), t::NO_MAPPING.get(lang).to_owned()));
    let mappings: Vec<_> = kept.chain(mappings.into_iter().map(|(id, name)| (id.to_string(), name))).collect();
    let members: Vec<_> = members.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let title = if id.is_some() { t::CHANGE_TITLE } else { t::NEW };
    view! {
        <ActionForm action=save attr:class="schedules__form" attr:aria-label=title.get(lang)>
            <h2>{title.get(lang)}</h2>
            <input type="hidden" name="pool" value=pool.get()/>
            {id.map(|id| view! { <input type="hidden" name="schedule" value=id.get()/> })}
            {refused}
            <TextField name="form[name]" label=t::NAME.get(lang) value=typed.name error=error_of("name")/>
            <TextField name="form[source]" label=t::SOURCE.get(lang) help=from.join(" ") value=typed.source error=error_of("source")/>
            <details class="schedules__sign-in" open=!hosts.is_empty()>
                <summary>{t::SIGN_IN.get(lang)}</summary>
                <TextField name="form[login]" label=t::LOGIN.get(lang) help=t::LOGIN_HELP.get(lang) value=typed.login optional=true error=error_of("login")/>
                <TextField name="form[secret]" kind="password" autocomplete="new-password" label=t::SECRET.get(lang) help=secret_help.get(lang) optional=true
                    error=error_of("secret")/>
                <div class="field">
                    <label class="field__label" for="schedule-key">{t::KEY.get(lang)}</label>
                    <textarea class="input input--mono" id="schedule-key" name="form[key]" rows="3" spellcheck="false" autocomplete="off"></textarea>
                </div>
            </details>
            {choice("form[mapping]", t::MAPPING, mappings, &typed.mapping, t::MAPPING_HELP, error_of("mapping"))}
            <div class="schedules__pair">
                {choice("form[every]", t::WHEN, every_words(&every, lang), &every, t::AT_HELP, error_of("timing"))}
                <div class="field">
                    <label class="field__label" for="schedule-at">{t::AT.get(lang)}</label>
                    <span class="input"><input id="schedule-at" type="time" name="form[at]" value=at required/></span>
                </div>
            </div>
            <div class="schedules__pair">
                <TextField name="form[percent]" label=t::PERCENT.get(lang) help=t::PERCENT_HELP.get(lang) value=typed.percent optional=true error=error_of("percent")/>
                {choice("form[alarm_to]", t::ALARM_TO, members, &typed.alarm_to, Text::new("", ""), error_of("alarm_to"))}
            </div>
            <label class="schedules__paused"><input class="check" type="checkbox" name="form[paused]" value="1" checked=typed.paused/><span>{t::PAUSED.get(lang)}</span></label>
            <div class="schedules__foot">
                <button class="button button--primary" type="submit" disabled=move || save.pending().get()>{t::SAVE.get(lang)}</button>
                <a class="button button--quiet" href=routes::schedules(pool)>{t::CANCEL.get(lang)}</a>
            </div>
        </ActionForm>
    }
}

/// What can be chosen: pauses, daily, days of the week; and what programs have said that is none of them.
fn every_words(now: &str, lang: domain::lang::Lang) -> Vec<(String, String)> {
    let minutes = Timing::MINUTES.map(|n| (Timing::Minutes(n).to_string(), Timing::Minutes(n).label(lang)));
    let days = (1..=7).map(|day| (format!("weekly {day}"), weekday(day).get(lang).to_owned()));
    let mut words: Vec<_> = minutes.into_iter().collect();
    words.push(("daily".to_owned(), t::DAILY.get(lang).to_owned()));
    words.extend(days);
    if let Ok(timing) = now.parse::<Timing>()
        && !words.iter().any(|(code, _)| code == now)
    {
        words.insert(0, (now.to_owned(), timing.label(lang)));
    }
    words
}

fn choice(
    name: &'static str,
    label: Text,
    options: Vec<(String, String)>,
    chosen: &str,
    help: Text,
    error: Signal<Option<String>>,
) -> impl IntoView + use<> {
    let lang = use_lang();
    let chosen = chosen.to_owned();
    let option = move |(code, word): (String, String)| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{word}</option> }
    };
    let help = help.get(lang);
    view! {
        <div class="field">
            <label class="field__label" for=name>{label.get(lang)}</label>
            <span class="input"><select id=name name=name>{options.into_iter().map(option).collect_view()}</select><Icon name="down"/></span>
            {(!help.is_empty()).then(|| view! { <p class="field__help">{help}</p> })}
            {move || error.get().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}
        </div>
    }
}

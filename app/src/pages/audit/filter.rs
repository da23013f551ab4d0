//! What is looked for in the log: a form whose answer is another address, so that it needs no script.

use domain::lang::fill;
use leptos::prelude::*;

use crate::api::audit::AuditAsked;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::audit as t;

/// The names of the form's controls, which are those of the address.
const NAMES: [&str; 6] = ["q", "deed", "who", "object", "from", "to"];

/// Words, deed, person, span of time.
#[component]
pub fn Filter(
    asked: AuditAsked,
    deeds: Vec<(String, Vec<(String, String)>)>,
    people: Vec<(String, String)>,
    go: Callback<String>,
) -> impl IntoView {
    let lang = use_lang();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let filled =
            |name: &str| browser::forms::value(&event, name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let parts: Vec<String> =
            NAMES.into_iter().filter_map(|name| filled(name).map(|value| format!("{name}={}", routes::escape(&value)))).collect();
        go.run(if parts.is_empty() { routes::AUDIT.to_owned() } else { format!("{}?{}", routes::AUDIT, parts.join("&")) });
    };
    let AuditAsked { q, deed, who, object, object_name, from, to } = asked;
    let without_object: String = {
        let kept = [("q", &q), ("deed", &deed), ("who", &who), ("from", &from), ("to", &to)];
        let parts: Vec<String> = kept
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", routes::escape(value)))
            .collect();
        if parts.is_empty() { routes::AUDIT.to_owned() } else { format!("{}?{}", routes::AUDIT, parts.join("&")) }
    };
    let narrowed = [&q, &deed, &who, &object, &from, &to].into_iter().any(|value| !value.is_empty());
    let option = |chosen: &str, (code, label): (String, String)| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{label}</option> }
    };
    let groups = deeds.into_iter().map(|(area, deeds)| {
        let deeds = deeds.into_iter().map(|one| option(&deed, one)).collect_view();
        view! { <optgroup label=area>{deeds}</optgroup> }
    });
    let groups = groups.collect_view();
    let people = people.into_iter().map(|one| option(&who, one)).collect_view();
    let day = |name: &'static str, label: &'static str, value: String| {
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <span class="input input--small"><input id=format!("audit-{name}") type="date" name=name value=value/></span>
            </label>
        }
    };
    view! {
        <form class="audit__filter" role="search" method="get" action=routes::AUDIT aria-label=t::SEARCH.get(lang) on:submit=submit>
            <label class="field audit__words">
                <span class="field__label">{t::SEARCH_HINT.get(lang)}</span>
                <span class="input input--small search"><Icon name="search"/>
                    <input id="audit-q" type="search" name="q" value=q maxlength="200" autocomplete="off" spellcheck="false"/></span>
            </label>
            <label class="field">
                <span class="field__label">{t::DEED.get(lang)}</span>
                <span class="input input--small"><select id="audit-deed" name="deed"><option value="">{t::ALL_DEEDS.get(lang)}</option>{groups}</select><Icon name="down"/></span>
            </label>
            <label class="field">
                <span class="field__label">{t::WHO.get(lang)}</span>
                <span class="input input--small"><select id="audit-who" name="who"><option value="">{t::EVERYBODY.get(lang)}</option>{people}</select><Icon name="down"/></span>
            </label>
            {day("from", t::FROM_DAY.get(lang), from)}
            {day("to", t::TO_DAY.get(lang), to)}
            <div class="audit__buttons">
                <button class="button" type="submit" id="audit-apply">{t::APPLY.get(lang)}</button>
                {narrowed.then(|| view! { <a class="button button--quiet" href=routes::AUDIT>{t::RESET.get(lang)}</a> })}
            </div>
            {(!object.is_empty()).then(|| view! {
                <div class="audit__object">
                    <input type="hidden" name="object" value=object/>
                    <span class="chip">
                        <span class="chip__part">{fill(t::ONLY_OBJECT.get(lang), &[("name", &object_name)])}</span>
                        <a class="chip__remove" href=without_object aria-label=t::ALL_OBJECTS.get(lang) title=t::ALL_OBJECTS.get(lang)><Icon name="close"/></a>
                    </span>
                </div>
            })}
        </form>
    }
}

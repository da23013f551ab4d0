//! `/team/client`: what the client has set for itself.

use domain::client::Colour;
use domain::lang::Lang;
use leptos::prelude::*;

use crate::api::clients::{ClientForm, SaveClient, client_settings};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::team_head::TeamHead;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::settings as s;
use crate::text::team as t;
use crate::wire::Wire;

/// Name, zone, look, sign-in.
#[component]
pub fn ClientPage() -> impl IntoView {
    let settings = Resource::<_, Wire>::new_with_options(|| (), |()| client_settings(), true);
    let retry = Callback::new(move |()| settings.refetch());
    view! {
        <TeamHead here=routes::CLIENT/>
        <div class="page__body page__body--ruled">
            <Transition>
                {move || Suspend::new(async move {
                    match settings.await {
                        Ok(form) => view! { <Form form/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Form(form: ClientForm) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let save = ServerAction::<SaveClient>::new();
    Effect::new(move |_| match save.value().get() {
        // Name and colour stand in the frame.
        Some(Ok(())) => crate::browser::document::reload(),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let line = move |name: &'static str, label: &'static str, value: String, help: &'static str, mode: &'static str| {
        let error =
            Signal::derive(move || save.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field(name, lang))));
        let (help_id, error_id) = (format!("{name}-help"), format!("{name}-error"));
        let described = format!("{help_id} {error_id}");
        view! {
            <div class="field">
                <label class="field__label" for=name>{label}</label>
                <span class="input"><input id=name type="text" name=format!("form[{name}]") value=value inputmode=mode autocomplete="off"
                    aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=described/></span>
                <p class="field__help" id=help_id>{help}</p>
                <p class="field__error" id=error_id role="alert">{move || error.get()}</p>
            </div>
        }
    };
    let languages = [(Lang::De, s::GERMAN), (Lang::En, s::ENGLISH)].map(|(one, text)| {
        view! { <label lang=one.code()><input type="radio" name="form[lang]" value=one.code() checked=one == form.lang/>{text.get(lang)}</label> }
    });
    let colours = Colour::ALL.map(|one| {
        view! {
            <label class="swatch"><input type="radio" name="form[colour]" value=one.code() checked=one == form.colour/><span class="swatch__dot" data-colour=one.code() aria-hidden="true"></span>{one.label().get(lang)}</label>
        }
    });
    let factors = [(false, t::VOLUNTARY), (true, t::FOR_ALL)].map(|(needed, text)| {
        view! { <label><input type="radio" name="form[second_factor]" value=needed.to_string() checked=needed == form.second_factor/>{text.get(lang)}</label> }
    });
    view! {
        <ActionForm action=save attr:class="settings">
            <section aria-labelledby="general">
                <h2 id="general">{t::GENERAL.get(lang)}</h2>
                <div class="form">
                    {line("name", t::NAME.get(lang), form.name, "", "text")}
                    {line("zone", t::ZONE.get(lang), form.zone, "Europe/Berlin, Europe/Vienna, Europe/Zurich …", "text")}
                    <fieldset class="field"><legend class="field__label">{t::LANGUAGE.get(lang)}</legend><div class="choices">{languages.collect_view()}</div></fieldset>
                    <fieldset class="field"><legend class="field__label">{t::COLOUR.get(lang)}</legend><div class="choices">{colours.collect_view()}</div></fieldset>
                    {line("sending_domain", t::SENDING_DOMAIN.get(lang), form.sending_domain, t::SENDING_HELP.get(lang), "url")}
                </div>
            </section>
            <section aria-labelledby="policy">
                <h2 id="policy">{t::POLICY.get(lang)}</h2>
                <div class="form">
                    {line("password_length", t::PASSWORD_LENGTH.get(lang), form.password_length, "", "numeric")}
                    <fieldset class="field" aria-describedby="second-factor-help">
                        <legend class="field__label">{t::SECOND_FACTOR.get(lang)}</legend>
                        <div class="choices">{factors.collect_view()}</div>
                        <p class="field__help" id="second-factor-help">{t::SECOND_FACTOR_HELP.get(lang)}</p>
                    </fieldset>
                    {line("idle_minutes", t::IDLE.get(lang), form.idle_minutes, t::AS_INSTALLED.get(lang), "numeric")}
                    {line("session_hours", t::HOURS.get(lang), form.session_hours, t::AS_INSTALLED.get(lang), "numeric")}
                </div>
            </section>
            <div class="settings__foot"><button class="button button--primary" type="submit"><Icon name="check"/><span>{t::SAVE.get(lang)}</span></button></div>
        </ActionForm>
    }
}

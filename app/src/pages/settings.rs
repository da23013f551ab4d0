//! `/settings`: language, theme, password.

use domain::lang::{Lang, fill};
use leptos::prelude::*;

use crate::api::settings::{ChangePassword, EndSessions, SaveLook, SessionLine, sessions};
use crate::browser;
use crate::components::field::TextField;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::toast::{Toast, use_toasts};
use crate::context::{Theme, look};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::passkeys as p;
use crate::text::second_factor as f;
use crate::text::settings as t;
use crate::wire::Wire;

/// What a person sets for themselves.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let lang = use_lang();
    view! {
        <PageHead title=t::TITLE.get(lang)/>
        <div class="page__body page__body--ruled">
            <div class="settings">
                <LookForm/>
                <PasswordForm/>
                <SecondFactor/>
                <Sessions/>
            </div>
        </div>
    }
}

/// The whole page changes with the language, so it is loaded anew; a theme is shown at once.
#[component]
fn LookForm() -> impl IntoView {
    let (lang, theme) = look();
    let toasts = use_toasts();
    let save = ServerAction::<SaveLook>::new();
    Effect::new(move |_| match save.value().get() {
        Some(Ok(())) => browser::document::reload(),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let languages = [(Lang::De, t::GERMAN), (Lang::En, t::ENGLISH)].map(|(one, text)| {
        view! { <label lang=one.code()><input type="radio" name="lang" value=one.code() checked=one == lang/>{text.get(lang)}</label> }
    });
    let themes = [(Theme::System, t::SYSTEM), (Theme::Light, t::LIGHT), (Theme::Dark, t::DARK)].map(|(one, text)| {
        let code = one.code();
        view! {
            <label><input type="radio" name="theme" value=code checked=one == theme on:change=move |_| browser::document::show_theme(code)/>{text.get(lang)}</label>
        }
    });
    view! {
        <section aria-labelledby="look">
            <h2 id="look">{t::LOOK.get(lang)}</h2>
            <ActionForm action=save attr:class="form">
                <fieldset class="field"><legend class="field__label">{t::LANGUAGE.get(lang)}</legend><div class="choices">{languages.collect_view()}</div></fieldset>
                <fieldset class="field"><legend class="field__label">{t::THEME.get(lang)}</legend><div class="choices">{themes.collect_view()}</div></fieldset>
                <div class="settings__foot"><button class="button button--primary" type="submit">{t::SAVE.get(lang)}</button></div>
            </ActionForm>
        </section>
    }
}

/// The ways to the second factor and to the passkeys. Their pages always come from the server, which alone knows what they
/// may show.
#[component]
fn SecondFactor() -> impl IntoView {
    let lang = use_lang();
    view! {
        <section aria-labelledby="sign-in">
            <h2 id="sign-in">{t::SIGN_IN.get(lang)}</h2>
            <div class="form">
                <p>{f::LEAD.get(lang)}</p>
                <div class="settings__foot">
                    <a class="button" href=routes::SECOND_FACTOR rel="external"><Icon name="lock"/><span>{f::OPEN.get(lang)}</span></a>
                </div>
                <p>{p::LEAD.get(lang)}</p>
                <div class="settings__foot">
                    <a class="button" href=routes::PASSKEYS rel="external"><Icon name="lock"/><span>{p::OPEN.get(lang)}</span></a>
                </div>
            </div>
        </section>
    }
}

/// Where the viewer is signed in, with the way to end it.
#[component]
fn Sessions() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| sessions(), true);
    let end = ServerAction::<EndSessions>::new();
    Effect::new(move |_| match end.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::ENDED.get(lang)));
            list.refetch();
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let line = move |session: SessionLine| {
        let what = fill(t::END_ONE.get(lang), &[("name", &session.agent)]);
        view! {
            <li class="sessions__line">
                <div><strong>{session.agent}</strong>{session.this.then(|| view! { " " <span class="sessions__this">{t::THIS_ONE.get(lang)}</span> })}
                    <p>{session.address}", "{fill(t::SINCE.get(lang), &[("at", &session.since)])}</p></div>
                {(!session.this).then(|| view! {
                    <ActionForm action=end>
                        <input type="hidden" name="key" value=session.key/>
                        <button class="button button--quiet" type="submit" aria-label=what>{t::END.get(lang)}</button>
                    </ActionForm>
                })}
            </li>
        }
    };
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{t::SESSIONS.get(lang)}</h2>
            <Transition>
                {move || Suspend::new(async move {
                    let lines = list.await.unwrap_or_default();
                    let others = lines.len() > 1;
                    view! {
                        <ul class="sessions">{lines.into_iter().map(line).collect_view()}</ul>
                        {others.then(|| view! { <ActionForm action=end><button class="button" type="submit">{t::END_OTHERS.get(lang)}</button></ActionForm> })}
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let email = use_frame().data.with_untracked(|data| data.email.clone());
    let change = ServerAction::<ChangePassword>::new();
    let error_of = move |field: &'static str| {
        Signal::derive(move || change.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field(field, lang))))
    };
    let other = move || {
        let error = change.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()))?;
        (error.of_field("old", lang).is_none() && error.of_field("new", lang).is_none()).then(|| error.message(lang))
    };
    Effect::new(move |_| {
        if change.value().with(|value| matches!(value, Some(Ok(())))) {
            toasts.show(Toast::new(t::CHANGED.get(lang)));
        }
    });
    view! {
        <section aria-labelledby="password">
            <h2 id="password">{t::PASSWORD.get(lang)}</h2>
            <ActionForm action=change attr:class="form">
                <input type="text" name="username" value=email autocomplete="username" class="visually-hidden" tabindex="-1" aria-hidden="true" readonly/>
                <TextField name="old" label=t::OLD.get(lang) kind="password" autocomplete="current-password" error=error_of("old")/>
                <TextField name="new" label=t::NEW.get(lang) kind="password" autocomplete="new-password" minlength=8 help=t::NEW_HELP.get(lang) error=error_of("new")/>
                <div role="alert">{move || other().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}</div>
                <div class="settings__foot"><button class="button button--primary" type="submit">{t::PASSWORD.get(lang)}</button></div>
            </ActionForm>
        </section>
    }
}

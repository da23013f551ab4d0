//! `/team/roles/{code}`, `/team/roles/new`: what one role allows.

use domain::rights::{Action, Kind, Right, Rights};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

use crate::api::roles::{DeleteRole, RoleLine, SaveRole, roles};
use crate::components::error_view::ErrorView;
use crate::components::field::TextField;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// The name, the matrix, the special rights.
#[component]
pub fn RolePage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("role").unwrap_or_default()));
    let list = Resource::<_, Wire>::new_with_options(move || code.get(), |_| roles(), true);
    let retry = Callback::new(move |()| list.refetch());
    let back = Some((t::ROLES.get(lang).to_owned(), routes::ROLES.to_owned()));
    view! {
        <Transition>
            {move || {
                let back = back.clone();
                Suspend::new(async move {
                    let wanted = code.get();
                    let role = list.await.and_then(|list| match wanted.as_str() {
                        "new" => Ok(RoleLine { changeable: true, ..RoleLine::default() }),
                        wanted => list.into_iter().find(|role| role.code == wanted).ok_or(AppError::NotFound),
                    });
                    match role {
                        Ok(role) => {
                            let title = if role.code.is_empty() { t::NEW_ROLE.get(lang).to_owned() } else { role.name.clone() };
                            view! { <PageHead title=title parent=back.unwrap_or_default()/><div class="page__body page__body--ruled team"><RoleForm role/></div> }.into_any()
                        }
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn RoleForm(role: RoleLine) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let save = ServerAction::<SaveRole>::new();
    let delete = ServerAction::<DeleteRole>::new();
    let code = role.code.clone();
    let (may, new) = (role.changeable, role.code.is_empty());
    let mine = use_frame().data.with_untracked(|data| data.rights);
    let go = {
        let navigate = navigate.clone();
        move |path: &str| navigate(path, NavigateOptions { replace: true, ..NavigateOptions::default() })
    };
    let leave = go.clone();
    Effect::new(move |_| match save.value().get() {
        Some(Ok(code)) => {
            toasts.show(Toast::new(t::SAVED.get(lang)));
            if new {
                go(&routes::role(&code));
            }
        }
        Some(Err(error)) if error.of_field("name", lang).is_none() && error.of_field("rule", lang).is_none() => {
            toasts.show(Toast::negative(error.message(lang)))
        }
        _ => {}
    });
    Effect::new(move |_| match delete.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::ROLE_DELETED.get(lang)));
            leave(routes::ROLES);
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let error =
        Signal::derive(move || save.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field("name", lang))));
    let rule_error =
        Signal::derive(move || save.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field("rule", lang))));
    let ends = if role.ready { t::RESET_ROLE } else { t::DELETE_ROLE };
    let removable = may && !new && (!role.ready || role.changed);
    view! {
        {(!may).then(|| view! { <p class="notice">{t::FIXED_HELP.get(lang)}</p> })}
        <ActionForm action=save attr:class="role-form">
            <input type="hidden" name="code" value=role.code.clone()/>
            <fieldset class="role-form__all" disabled=!may>
                <TextField name="name" label=t::NAME.get(lang) value=role.name.clone() error/>
                <Matrix held=role.rights mine/>
                <fieldset class="field">
                    <legend class="field__label">{t::SPECIAL.get(lang)}</legend>
                    <div class="role-form__special">
                        {Right::special().map(|right| view! {
                            <label><RightBox right held=role.rights mine/><span>{right.label(lang)}</span></label>
                        }).collect_view()}
                    </div>
                </fieldset>
                <div class="field">
                    <label class="field__label" for="rule">{t::RULE.get(lang)}</label>
                    <span class="input"><input id="rule" type="text" name="rule" value=role.rule.clone() autocomplete="off" spellcheck="false"
                        placeholder="COUNTRY = \"AT\"" aria-invalid=move || rule_error.with(Option::is_some).then_some("true") aria-describedby="rule-help rule-error"/></span>
                    <p class="field__help" id="rule-help">{t::RULE_HELP.get(lang)}</p>
                    <p class="field__error" id="rule-error" role="alert">{move || rule_error.get()}</p>
                </div>
                {may.then(|| view! { <div class="team__foot"><button class="button button--primary" type="submit">{t::SAVE.get(lang)}</button></div> })}
            </fieldset>
        </ActionForm>
        {removable.then(|| view! {
            <ActionForm action=delete attr:class="role-form__end">
                <input type="hidden" name="code" value=code.clone()/>
                <button class="button button--quiet" type="submit"><Icon name="trash"/><span>{ends.get(lang)}</span></button>
            </ActionForm>
        })}
    }
}

/// Kinds of objects down, actions across; a right that the viewer lacks can't be given.
#[component]
fn Matrix(held: Rights, mine: Rights) -> impl IntoView {
    let lang = use_lang();
    let cell = move |kind: Kind, action: Action| match Right::at(kind, action) {
        Some(right) => view! { <RightBox right held mine label=right.label(lang)/> }.into_any(),
        None => view! { <span aria-hidden="true">"–"</span><span class="visually-hidden">{t::NO_CELL.get(lang)}</span> }.into_any(),
    };
    view! {
        <table class="rights-table">
            <caption class="field__label">{t::MATRIX.get(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::OBJECT.get(lang)}</th>
                    {Action::ALL.map(|action| view! { <th scope="col">{action.label().get(lang)}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>
                {Kind::ALL.map(|kind| view! {
                    <tr>
                        <th scope="row">{kind.label().get(lang)}</th>
                        {Action::ALL.map(|action| view! { <td>{cell(kind, action)}</td> }).collect_view()}
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn RightBox(right: Right, held: Rights, mine: Rights, #[prop(optional, into)] label: Option<String>) -> impl IntoView {
    view! { <input class="check" type="checkbox" name="rights[]" value=right.code() checked=held.has(right) disabled=!mine.has(right) aria-label=label/> }
}

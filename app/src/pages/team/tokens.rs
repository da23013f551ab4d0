//! `/team/tokens`: access tokens of the REST interface.

use domain::lang::fill;
use domain::rights::Rights;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::tokens::{CreateToken, RevokeToken, TokenLine, TokenList, tokens};
use crate::components::error_view::ErrorView;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::secret::Secret;
use crate::components::team_head::TeamHead;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// How long a token can be made for, in days; 0: it does not end by itself.
const LIVES: [u32; 4] = [30, 90, 365, 0];

/// `/team/tokens`, `/team/tokens?new=1`.
#[component]
pub fn TokensPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let query = use_query_map();
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| tokens(), true);
    let retry = Callback::new(move |()| list.refetch());
    let create = ServerAction::<CreateToken>::new();
    let revoke = ServerAction::<RevokeToken>::new();
    Effect::new(move |_| match revoke.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::REVOKED.get(lang)));
            list.refetch();
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    Effect::new(move |_| {
        if create.value().with(|value| matches!(value, Some(Ok(_)))) {
            list.refetch();
        }
    });
    let made = move || create.value().with(|value| value.as_ref().and_then(|value| value.clone().ok()));
    view! {
        <TeamHead here=routes::TOKENS>
            <a class="button button--primary" href="/team/tokens?new=1"><Icon name="plus"/><span>{t::NEW_TOKEN.get(lang)}</span></a>
        </TeamHead>
        <div class="page__body page__body--ruled team">
            {move || made().map(|token| view! { <Secret title=t::MADE.get(lang) help=t::MADE_HELP.get(lang) value=token/> })}
            <Transition>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => view! { <AllTokens list new create revoke/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn AllTokens(list: TokenList, new: Memo<bool>, create: ServerAction<CreateToken>, revoke: ServerAction<RevokeToken>) -> impl IntoView {
    let lang = use_lang();
    let (rights, empty) = (list.rights, list.lines.is_empty());
    view! {
        {list.made.map(|token| view! { <Secret title=t::MADE.get(lang) help=t::MADE_HELP.get(lang) value=token/> })}
        {move || new.get().then(|| view! { <NewToken rights create/> })}
        <p class="team__lead">{t::TOKENS_LEAD.get(lang)} " " <a href=routes::REST_DOCS rel="external">"API"</a></p>
        {if empty {
            view! { <div class="empty"><Icon name="lock"/><h2>{t::NO_TOKENS.get(lang)}</h2></div> }.into_any()
        } else {
            view! { <Table lines=list.lines revoke/> }.into_any()
        }}
    }
}

#[component]
fn Table(lines: Vec<TokenLine>, revoke: ServerAction<RevokeToken>) -> impl IntoView {
    let lang = use_lang();
    let row = move |token: TokenLine| {
        let label = fill(t::REVOKE_ONE.get(lang), &[("name", &token.name)]);
        let expires = match (token.over, token.expires) {
            (true, _) => t::OVER.get(lang).to_owned(),
            (false, Some(at)) => at,
            (false, None) => t::NO_END.get(lang).to_owned(),
        };
        let rights = token.rights.iter().map(|right| right.label(lang)).collect::<Vec<_>>().join(", ");
        let n = token.rights.iter().count().to_string();
        let all = domain::rights::Right::ALL.len().to_string();
        view! {
            <tr>
                <th scope="row">{token.name}</th>
                <td>{token.user}</td>
                <td title=rights>{fill(t::N_RIGHTS.get(lang), &[("n", &n), ("all", &all)])}</td>
                <td>{token.created}</td>
                <td>{token.used.unwrap_or_else(|| t::NEVER.get(lang).to_owned())}</td>
                <td>{expires}</td>
                <td class="team-table__actions">
                    <ActionForm action=revoke>
                        <input type="hidden" name="token" value=token.id.to_string()/>
                        <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="trash"/></button>
                    </ActionForm>
                </td>
            </tr>
        }
    };
    view! {
        <table class="data-table team-table tokens-table">
            <caption class="visually-hidden">{t::TOKENS_CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    {[t::TOKEN_NAME, t::OWNER, t::RIGHTS, t::CREATED, t::USED, t::EXPIRES].map(|head| view! { <th scope="col">{head.get(lang)}</th> }).collect_view()}
                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn NewToken(rights: Rights, create: ServerAction<CreateToken>) -> impl IntoView {
    let lang = use_lang();
    let error_of = move |field: &'static str| {
        Signal::derive(move || create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field(field, lang))))
    };
    Effect::new(move |_| crate::browser::document::focus("name"));
    let life = move |days: u32| {
        let label = if days == 0 { t::FOREVER.get(lang).to_owned() } else { fill(t::DAYS.get(lang), &[("n", &days.to_string())]) };
        view! { <option value=days.to_string() selected=days == 90>{label}</option> }
    };
    let boxes = rights.iter().map(move |right| {
        view! { <label><input class="check" type="checkbox" name="rights[]" value=right.code()/><span>{right.label(lang)}</span></label> }
    });
    view! {
        <ActionForm action=create attr:class="team__form">
            <TextField name="name" label=t::TOKEN_NAME.get(lang) error=error_of("name")/>
            <div class="field">
                <label class="field__label" for="days">{t::LIFE.get(lang)}</label>
                <span class="input"><select id="days" name="days">{LIVES.map(life).collect_view()}</select><Icon name="down"/></span>
            </div>
            <fieldset class="field">
                <legend class="field__label">{t::RIGHTS.get(lang)}</legend>
                <div class="role-form__special">{boxes.collect_view()}</div>
                {move || error_of("rights").get().map(|sentence| view! { <p class="field__error"><Icon name="alert"/>{sentence}</p> })}
            </fieldset>
            <div class="team__foot">
                <button class="button button--primary" type="submit">{t::MAKE.get(lang)}</button>
                <a class="button button--quiet" href=routes::TOKENS>{t::CANCEL.get(lang)}</a>
            </div>
        </ActionForm>
    }
}

//! `/team/mails`: what became of the mails to the people of the client.

use domain::lang::fill;
use leptos::prelude::*;

use super::Link;
use crate::api::mails::{MailLine, MailList, MailState, SendAgain, mails};
use crate::api::team::MakeLink;
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::team_head::TeamHead;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::team as t;
use crate::wire::Wire;

/// `/team/mails`.
#[component]
pub fn MailsPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| mails(), true);
    let retry = Callback::new(move |()| list.refetch());
    let again = ServerAction::<SendAgain>::new();
    let link = ServerAction::<MakeLink>::new();
    Effect::new(move |_| match again.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::MAIL_AGAIN_DONE.get(lang)));
            list.refetch();
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    Effect::new(move |_| match link.value().get() {
        Some(Ok(_)) => list.refetch(),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let made = move || link.value().with(|value| value.as_ref().and_then(|value| value.clone().ok()));
    view! {
        <TeamHead here=routes::MAILS/>
        <div class="page__body page__body--ruled team">
            {move || made().map(|invited| view! { <Link invited/> })}
            <Transition>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => view! { <AllMails list again link/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn AllMails(list: MailList, again: ServerAction<SendAgain>, link: ServerAction<MakeLink>) -> impl IntoView {
    let lang = use_lang();
    let lead = if list.sends { t::MAILS_LEAD } else { t::MAILS_OFF };
    let rows = list.lines;
    view! {
        <p class="team__lead">{lead.get(lang)}</p>
        {if rows.is_empty() {
            view! { <div class="empty"><Icon name="clock"/><h2>{t::NO_MAILS.get(lang)}</h2></div> }.into_any()
        } else {
            view! {
                <table class="data-table team-table mails-table">
                    <caption class="visually-hidden">{t::MAILS_CAPTION.get(lang)}</caption>
                    <thead>
                        <tr>
                            {[t::MAIL_TO, t::MAIL_KIND, t::MAIL_AT, t::STATE].map(|head| view! { <th scope="col">{head.get(lang)}</th> }).collect_view()}
                            <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|mail| view! { <Row mail again link/> }).collect_view()}</tbody>
                </table>
            }
            .into_any()
        }}
    }
}

#[component]
fn Row(mail: MailLine, again: ServerAction<SendAgain>, link: ServerAction<MakeLink>) -> impl IntoView {
    let lang = use_lang();
    let kind = mail.kind.label(lang);
    let (tone, state) = match mail.state {
        MailState::Sent(at) => ("positive", fill(t::MAIL_SENT.get(lang), &[("at", &at)])),
        MailState::Waits => ("caution", t::MAIL_WAITS.get(lang).to_owned()),
        MailState::Later(at) => ("caution", fill(t::MAIL_LATER.get(lang), &[("at", &at)])),
        MailState::Failed => ("negative", t::MAIL_FAILED.get(lang).to_owned()),
    };
    let label = fill(t::MAIL_AGAIN.get(lang), &[("kind", kind), ("to", &mail.to)]);
    let link_label = fill(t::MAIL_LINK_OF.get(lang), &[("to", &mail.to)]);
    view! {
        <tr>
            <th scope="row">{mail.to}</th>
            <td>{kind}</td>
            <td>{mail.created}</td>
            <td><span class="team__state" data-tone=tone>{state}</span>{mail.reason.map(|reason| view! { <p class="mails-table__reason">{reason}</p> })}</td>
            <td class="team-table__actions">
                {mail.again.then(|| view! {
                    <ActionForm action=again>
                        <input type="hidden" name="mail" value=mail.id.to_string()/>
                        <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="undo"/></button>
                    </ActionForm>
                })}
                {mail.link.map(|user| view! {
                    <ActionForm action=link>
                        <input type="hidden" name="user" value=user.to_string()/>
                        <button class="button button--quiet" type="submit" aria-label=link_label>{t::MAIL_LINK.get(lang)}</button>
                    </ActionForm>
                })}
            </td>
        </tr>
    }
}

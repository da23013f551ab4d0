//! The rules of an import: how rows and profiles come together.

use domain::id::{ImportId, PoolId};
use domain::import::{Duplicates, Empty, Existing, MAX_SOURCE, Rules, Sets, Unknown};
use domain::lang::Text;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_meta::Title;

use super::{STEPS, Started};
use crate::api::imports::check::CheckImport;
use crate::api::imports::rules::RuleSheet;
use crate::api::imports::{BeginImport, load_rules};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::steps::Steps;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;
use crate::wire::Wire;

pub mod parts;

use parts::{Choose, Constants, Keys};

/// What the import does.
const EXISTING: [(&str, Text); 3] = [
    (Existing::Both.code(), t::EXISTING_BOTH),
    (Existing::Create.code(), t::EXISTING_CREATE),
    (Existing::Update.code(), t::EXISTING_UPDATE),
];
const EMPTY: [(&str, Text); 3] =
    [(Empty::Keep.code(), t::EMPTY_KEEP), (Empty::Clear.code(), t::EMPTY_CLEAR), (Empty::Default.code(), t::EMPTY_DEFAULT)];
const DUPLICATES: [(&str, Text); 3] = [
    (Duplicates::Merge.code(), t::DUPLICATES_MERGE),
    (Duplicates::First.code(), t::DUPLICATES_FIRST),
    (Duplicates::Last.code(), t::DUPLICATES_LAST),
];
const SETS: [(&str, Text); 3] =
    [(Sets::Replace.code(), t::SETS_REPLACE), (Sets::Add.code(), t::SETS_ADD), (Sets::Remove.code(), t::SETS_REMOVE)];
const UNKNOWN: [(&str, Text); 3] =
    [(Unknown::Refuse.code(), t::UNKNOWN_REFUSE), (Unknown::Skip.code(), t::UNKNOWN_SKIP), (Unknown::Create.code(), t::UNKNOWN_CREATE)];

/// The page of an import that hasn't begun; of another a way to it.
#[component]
pub fn RulesPage(pool: PoolId, import: ImportId) -> impl IntoView {
    let sheet = Resource::<_, Wire>::new_with_options(|| (), move |()| load_rules(pool, import), false);
    let retry = Callback::new(move |()| sheet.refetch());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) if sheet.started => view! { <Started pool import/> }.into_any(),
                    Ok(sheet) => view! { <RulesForm pool sheet/> }.into_any(),
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What most need lies open, the rest is folded unless it was changed. Starting is a visit of its own: the page of the run begins
/// anew, whatever this one still held.
#[component]
fn RulesForm(pool: PoolId, sheet: RuleSheet) -> impl IntoView {
    let lang = use_lang();
    let start = ServerAction::<BeginImport>::new();
    let check = ServerAction::<CheckImport>::new();
    let refused = move |error: &AppError| error.message(lang);
    let error = move || {
        let of_start = start.value().with(|value| value.as_ref()?.as_ref().err().map(refused));
        of_start.or_else(|| check.value().with(|value| value.as_ref()?.as_ref().err().map(refused)))
    };
    let RuleSheet { id, file_name, rules, keys, others, has_sets, has_options, has_mail, has_permission, may_raise, may_create, .. } =
        sheet;
    let Rules { key, existing, sets, unknown, duplicates, constants, consent, dns, .. } = rules.clone();
    let empty = rules.said_by_empty();
    let unknowns: Vec<_> = UNKNOWN.into_iter().filter(|(code, _)| may_create || *code != Unknown::Create.code()).collect();
    let more_open = (duplicates, sets, unknown) != (Duplicates::Merge, Sets::Replace, Unknown::Refuse);
    let constants_open = !constants.is_empty();
    let title = file_name.clone();
    view! {
        <Title text=title/>
        <div class="toolbar mapping__bar">
            <Steps of=t::STEPS steps=STEPS at=2/>
            <span class="toolbar__space"></span>
            <p class="toolbar__text mapping__file"><Icon name="file"/><strong>{file_name}</strong></p>
        </div>
        <form method="post" action=BeginImport::PATH class="import-rules">
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="import" value=id.to_string()/>
            <p>{t::RULES_LEAD.get(lang)}</p>
            <section aria-labelledby="rules-who">
                <h2 id="rules-who">{t::WHO.get(lang)}</h2>
                <Keys keys chosen=key/>
                <Choose name="existing" label=t::EXISTING options=EXISTING.to_vec() chosen=existing.code()/>
                <Choose name="empty" label=t::EMPTY options=EMPTY.to_vec() chosen=empty.code() help=t::EMPTY_HELP/>
                {has_mail.then(|| view! {
                    <div class="field">
                        <label class="import-rules__box">
                            <input class="check" type="checkbox" name="form[dns]" value="on" checked=dns autocomplete="off" aria-describedby="rules-dns"/>
                            <span>{t::DNS.get(lang)}</span>
                        </label>
                        <span class="field__help" id="rules-dns">{t::DNS_HELP.get(lang)}</span>
                    </div>
                })}
            </section>
            {may_raise.then(|| view! { <Consent open=has_permission source=consent.map(|raise| raise.source)/> })}
            <details open=more_open>
                <summary>{t::MORE.get(lang)}</summary>
                <Choose name="duplicates" label=t::DUPLICATES options=DUPLICATES.to_vec() chosen=duplicates.code()/>
                {has_sets.then(|| view! { <Choose name="sets" label=t::SETS options=SETS.to_vec() chosen=sets.code()/> })}
                {has_options.then(|| view! { <Choose name="unknown" label=t::UNKNOWN options=unknowns chosen=unknown.code() help=t::UNKNOWN_HELP/> })}
            </details>
            <details open=constants_open>
                <summary>{t::FOR_ALL.get(lang)}</summary>
                <Constants fields=others constants/>
            </details>
            <label class="field">
                <span class="field__label">{t::KEEP_AS.get(lang)}</span>
                <span class="input"><input type="text" name="form[keep]" autocomplete="off"/></span>
                <span class="field__help">{t::KEEP_RULES_HELP.get(lang)}</span>
            </label>
            <footer class="import-rules__foot">
                <span class="field__error" role="alert">{error}</span>
                <a class="button" href=routes::one_import(pool, id)>{t::TO_MAPPING.get(lang)}</a>
                <button class="button" type="submit" formaction=CheckImport::PATH>{t::CHECK.get(lang)}</button>
                <button class="button button--primary" type="submit" disabled=move || start.pending().get()>{t::START.get(lang)}</button>
            </footer>
        </form>
    }
}

/// That permissions may rise is chosen with words, and answered for with a source.
#[component]
fn Consent(open: bool, source: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let raises = source.is_some();
    let open = open || raises;
    view! {
        <details open=open>
            <summary>{t::CONSENT.get(lang)}</summary>
            <p>{t::CONSENT_LEAD.get(lang)}</p>
            <label class="import-rules__box"><input class="check" type="checkbox" name="form[raise]" value="on" checked=raises/><span>{t::RAISE.get(lang)}</span></label>
            <label class="field">
                <span class="field__label">{t::SOURCE.get(lang)}</span>
                <span class="input"><input type="text" name="form[source]" value=source.unwrap_or_default() maxlength=MAX_SOURCE.to_string() autocomplete="off"/></span>
                <span class="field__help">{t::SOURCE_HELP.get(lang)}</span>
            </label>
        </details>
    }
}

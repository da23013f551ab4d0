//! Choosing or dropping a file.

use domain::id::PoolId;
use domain::lang::fill;
use leptos::prelude::*;

use super::STEPS;
use crate::api::imports::{FetchImport, import_hosts};
use crate::browser::files::{Upload, Way, upload_on_choice, upload_on_drop};
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::progress::ProgressBar;
use crate::components::steps::Steps;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::{import as t, schedules};
use crate::wire::Wire;

/// What the dialog of the browser offers first; the server looks at the content alone. Names rather than kinds: systems
/// without an office program know no kind for its files.
const ACCEPTED: &str = ".csv,.txt,.tsv,.tab,.xlsx,.xlsm,.xls,.ods,.html,.htm,.json,.ndjson,.jsonl,.vcf,.xml,.zip,.gz";

/// Where the file of another server lies; only where servers are allowed.
#[component]
fn ByAddress(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let fetch = ServerAction::<FetchImport>::new();
    let hosts = Resource::<_, Wire>::new_with_options(|| (), |()| import_hosts(), false);
    let error = Signal::derive(move || {
        fetch.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))))
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let hosts = hosts.await.unwrap_or_default();
                (!hosts.is_empty()).then(|| view! {
                    <ActionForm action=fetch attr:class="import-address">
                        <input type="hidden" name="pool" value=pool.to_string()/>
                        <TextField name="address" label=t::ADDRESS.get(lang) kind="url" error
                            help=fill(t::ADDRESS_HELP.get(lang), &[("hosts", &hosts.join(", "))])/>
                        <button class="button" type="submit" disabled=move || fetch.pending().get()><Icon name="download"/>{t::FETCH.get(lang)}</button>
                    </ActionForm>
                })
            })}
        </Transition>
    }
}

/// A form that sends a file; with WASM the choice or the drop sends it in parts, shows how far it is, and goes on after a lost
/// connection.
#[component]
pub fn ChooseFile(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let input = NodeRef::<leptos::html::Input>::new();
    let upload = RwSignal::new(Upload::None);
    let over = RwSignal::new(false);
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let way = Way { uploads: StoredValue::new(routes::uploads(pool)), page: StoredValue::new(routes::import(pool)) };
    upload_on_choice(input, way, upload);
    upload_on_drop(way, upload, over);
    let state = move || match upload.get() {
        Upload::None => None,
        Upload::Sending { name, percent, waits } => {
            let words = fill(t::UPLOADING.get(lang), &[("name", &name)]);
            let waits = waits.then(|| view! { <p class="field__help"><Icon name="alert"/>{t::UPLOAD_WAITS.get(lang)}</p> });
            Some(
                view! { <div class="drop-zone__state"><p>{words.clone()}</p><ProgressBar percent=percent label=words/>{waits}</div> }
                    .into_any(),
            )
        }
        Upload::Failed(sentence) => {
            let sentence = if sentence.is_empty() { t::UPLOAD_FAILED.get(lang).to_owned() } else { sentence };
            Some(view! { <p class="field__error" role="alert"><Icon name="alert"/>{sentence}</p> }.into_any())
        }
    };
    view! {
        <div class="toolbar mapping__bar"><Steps of=t::STEPS steps=STEPS at=0/></div>
        <div class="page__body">
            <form class="drop-zone import-drop" method="post" action=routes::upload(pool) enctype="multipart/form-data"
                data-over=move || over.get()>
                <Icon name="import"/>
                <h2>{t::DROP_TITLE.get(lang)}</h2>
                <p>{t::DROP_TEXT.get(lang)}</p>
                <label class="button button--primary">
                    <Icon name="upload"/>
                    <span>{t::CHOOSE.get(lang)}</span>
                    <input node_ref=input class="visually-hidden" type="file" name="file" accept=ACCEPTED required/>
                </label>
                {move || (!awake.get()).then(|| view! { <button class="button" type="submit">{t::UPLOAD.get(lang)}</button> })}
                <div aria-live="polite">{state}</div>
                <p class="field__help">{t::PERMISSION_NOTE.get(lang)}"."</p>
            </form>
            <ByAddress pool/>
            <p class="import-regular"><a class="text-link" href=routes::schedules(pool)><Icon name="clock"/>{schedules::TO_THEM.get(lang)}</a></p>
        </div>
    }
}

//! Choosing or dropping a file.

use domain::id::PoolId;
use domain::lang::fill;
use leptos::prelude::*;

use super::STEPS;
use crate::browser::files::{Upload, upload_on_choice, upload_on_drop};
use crate::components::icon::Icon;
use crate::components::progress::ProgressBar;
use crate::components::steps::Steps;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;

/// What the dialog of the browser offers first; the server looks at the content alone. Names rather than kinds: systems
/// without an office program know no kind for its files.
const ACCEPTED: &str = ".csv,.txt,.tsv,.tab,.xlsx,.xlsm,.xls,.ods,.html,.htm,.json,.ndjson,.jsonl,.vcf,.xml,.zip,.gz";

/// A form that sends a file; with WASM the choice or the drop sends it and shows how far it is.
#[component]
pub fn ChooseFile(pool: PoolId) -> impl IntoView {
    let lang = use_lang();
    let form = NodeRef::<leptos::html::Form>::new();
    let input = NodeRef::<leptos::html::Input>::new();
    let upload = RwSignal::new(Upload::None);
    let over = RwSignal::new(false);
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    upload_on_choice(form, input, upload);
    upload_on_drop(form, upload, over);
    let state = move || match upload.get() {
        Upload::None => None,
        Upload::Sending { name, percent } => {
            let words = fill(t::UPLOADING.get(lang), &[("name", &name)]);
            Some(view! { <div class="drop-zone__state"><p>{words.clone()}</p><ProgressBar percent=percent label=words/></div> }.into_any())
        }
        Upload::Failed(sentence) => {
            let sentence = if sentence.is_empty() { t::UPLOAD_FAILED.get(lang).to_owned() } else { sentence };
            Some(view! { <p class="field__error" role="alert"><Icon name="alert"/>{sentence}</p> }.into_any())
        }
    };
    view! {
        <div class="toolbar mapping__bar"><Steps of=t::STEPS steps=STEPS at=0/></div>
        <div class="page__body">
            <form class="drop-zone import-drop" node_ref=form method="post" action=routes::upload(pool) enctype="multipart/form-data"
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
        </div>
    }
}

//! Layouts of files that are kept under a name: choose one, keep what is chosen, delete one. Plain links and forms.

use domain::id::{ExportLayoutId, PoolId};
use domain::lang::fill;
use leptos::prelude::*;

use crate::api::export::ExportSheet;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::export as t;

/// The kept layouts: each a link to the same profiles by it.
#[component]
pub fn Layouts(pool: PoolId, sheet: ExportSheet) -> impl IntoView {
    let lang = use_lang();
    let ExportSheet { layouts, layout, kept, kept_now, .. } = sheet;
    let which = kept.iter().map(|(name, value)| format!("{name}={}", routes::escape(value))).collect::<Vec<_>>().join("&");
    let to = move |id: ExportLayoutId| {
        let parts = [which.as_str(), &format!("layout={id}")].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("&");
        routes::export(pool, &parts)
    };
    let said = kept_now.then(|| layouts.iter().find(|(id, _)| Some(*id) == layout)).flatten();
    let said = said.map(|(_, name)| fill(t::LAYOUT_KEPT.get(lang), &[("name", name)]));
    let links = layouts.iter().map(|(id, name)| {
        let here = (Some(*id) == layout).then_some("true");
        view! { <li><a class="button button--quiet" href=to(*id) aria-current=here>{name.clone()}</a></li> }
    });
    let links = links.collect_view();
    let delete = layouts.iter().map(|(id, name)| {
        let label = fill(t::LAYOUT_DELETE.get(lang), &[("name", name)]);
        let hidden = kept.iter().cloned().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
        view! {
            <li>
                <form method="post" action=routes::delete_export_layout(pool)>
                    {hidden}
                    <input type="hidden" name="id" value=id.to_string()/>
                    <button class="button button--quiet" type="submit"><Icon name="trash"/>{label}</button>
                </form>
            </li>
        }
    });
    let delete = delete.collect_view();
    let any = !layouts.is_empty();
    view! {
        {said.map(|said| view! { <p class="notice export__said" role="status"><Icon name="check"/><span>{said}</span></p> })}
        {any.then(|| view! {
            <section class="export__layouts" aria-label=t::LAYOUTS.get(lang)>
                <h2>{t::LAYOUTS.get(lang)}</h2>
                <ul class="export__chips">{links}</ul>
                <details><summary>{t::LAYOUT_MANAGE.get(lang)}</summary><ul>{delete}</ul></details>
            </section>
        })}
    }
}

/// A name and a button within the form of the export.
#[component]
pub fn KeepLayout(pool: PoolId, sheet: ExportSheet) -> impl IntoView {
    let lang = use_lang();
    let now = sheet.layouts.iter().find(|(id, _)| Some(*id) == sheet.layout).map(|(_, name)| name.clone());
    let wrong = sheet.wrong_name.is_some();
    let name = sheet.wrong_name.or(now).unwrap_or_default();
    let described = if wrong { "layout-name-error" } else { "layout-name-help" };
    let error = wrong
        .then(|| view! { <p class="field__error" id="layout-name-error" role="alert"><Icon name="alert"/>{t::LAYOUT_WRONG.get(lang)}</p> });
    view! {
        <fieldset class="export__keep">
            <legend>{t::LAYOUT_KEEP.get(lang)}</legend>
            <div class="export__name">
                <span class="input"><input type="text" name="layout_name" value=name maxlength="200" autocomplete="off" aria-label=t::LAYOUT_NAME.get(lang)
                    aria-invalid=wrong.then_some("true") aria-describedby=described/></span>
                <button class="button" type="submit" formmethod="post" formaction=routes::export_layouts(pool)>{t::LAYOUT_SAVE.get(lang)}</button>
            </div>
            {error}
            <p class="field__help" id="layout-name-help">{t::LAYOUT_HELP.get(lang)}</p>
        </fieldset>
    }
}

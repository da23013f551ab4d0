//! A new pool: its name, and what it begins with.

use domain::config::template::Template;
use domain::id::PoolId;
use domain::lang::{Text, fill};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::pools::CreatePool;
use crate::api::session::PoolLine;
use crate::components::field::typed_before;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as f;
use crate::text::pools as t;

/// The form at the head of the list.
#[component]
pub fn NewPool() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let query = use_query_map();
    let create = ServerAction::<CreatePool>::new();
    let error = move || create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    Effect::new(move |_| {
        if create.value().with(|value| matches!(value, Some(Ok(_)))) {
            frame.refresh_pools();
        }
    });
    Effect::new(move |_| crate::browser::document::focus("new-pool"));
    let typed = typed_before(create);
    let pools = frame.data.with_untracked(|data| data.pools.clone());
    move || {
        let like = query.with(|query| query.get("copy").and_then(|id| id.parse::<PoolId>().ok()));
        let like = like.and_then(|id| pools.iter().find(|pool| pool.id == id));
        let name = typed.clone().or_else(|| like.map(|pool| fill(t::COPY_NAME.get(lang), &[("name", &pool.name)])));
        let chosen = like.map_or_else(|| pools.first().map(|pool| pool.id), |pool| Some(pool.id));
        let card = move |code: &'static str, label: Text, text: Text, checked: bool| {
            view! {
                <label class="start-card">
                    <input type="radio" name="start" value=code checked=checked/>
                    <span><strong>{label.get(lang)}</strong><span>{text.get(lang)}</span></span>
                </label>
            }
        };
        let option = |pool: &PoolLine| {
            view! { <option value=pool.id.to_string() selected=Some(pool.id) == chosen>{pool.name.clone()}</option> }.into_any()
        };
        let options: Vec<AnyView> = pools.iter().map(option).collect();
        let copies = like.is_some();
        view! {
            <ActionForm action=create attr:class="new-pool">
                <div class="field">
                    <label class="field__label" for="new-pool">{t::CREATE_LABEL.get(lang)}</label>
                    <span class="input input--small">
                        <input id="new-pool" type="text" name="name" value=name required autocomplete="off"
                            aria-invalid=move || error().map(|_| "true") aria-describedby="new-pool-error"/>
                    </span>
                    <span class="field__error" id="new-pool-error" role="alert">{error}</span>
                </div>
                <fieldset class="field">
                    <legend class="field__label">{t::START.get(lang)}</legend>
                    <div class="start-cards">
                        {card("", t::BLANK, t::BLANK_TEXT, !copies)}
                        {Template::ALL.map(|template| card(template.code(), template.label(), template.sentence(), false)).collect_view()}
                        {card("copy", t::COPY, t::COPY_TEXT, copies)}
                    </div>
                </fieldset>
                <div class="field new-pool__copy">
                    <label class="field__label" for="copy-of">{t::COPY_OF.get(lang)}</label>
                    <span class="input input--small"><select id="copy-of" name="copy_of">{options}</select><Icon name="down"/></span>
                </div>
                <div class="new-pool__foot">
                    <button class="button button--primary" type="submit">{t::CREATE.get(lang)}</button>
                    <a class="button button--quiet" href=routes::POOLS>{f::CANCEL.get(lang)}</a>
                </div>
            </ActionForm>
        }
    }
}

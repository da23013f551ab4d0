//! Which dialog the address opens, and the small ones.

use domain::config::{FieldChange, Step};
use domain::id::{CategoryId, FieldId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::air::{Thing, show_made};
use super::field_dialog::FieldDialog;
use super::modal::{Modal, leave};
use super::new_field::NewFieldDialog;
use super::shaper::{Shaper, refusal};
use crate::api::configuration::{FieldLine, ShapePool, field_uses, lacking};
use crate::browser::keys;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;
use crate::wire::Wire;

/// What the address opens.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Opened {
    Nothing,
    NewCategory,
    NewField(String),
    Field(FieldId),
    Used(FieldId),
    Require(FieldId),
}

/// The dialog in the address, if there is one.
#[component]
pub fn Dialogs(shaper: Shaper) -> impl IntoView {
    let query = use_query_map();
    let may = shaper.shape.with_untracked(|shape| shape.configures);
    let opened = Memo::new(move |_| {
        query.with(|query| {
            let field = |name: &str| query.get(name).and_then(|id| id.parse().ok());
            if let Some(id) = field("field") {
                return Opened::Field(id);
            }
            if !may {
                return Opened::Nothing;
            }
            match (query.get("new"), field("used"), field("require")) {
                (Some(category), ..) => Opened::NewField(category),
                (_, Some(id), _) => Opened::Used(id),
                (.., Some(id)) => Opened::Require(id),
                _ if query.get("category").is_some() => Opened::NewCategory,
                _ => Opened::Nothing,
            }
        })
    });
    let navigate = use_navigate();
    let new = format!("{}?new=field", routes::configuration(shaper.pool));
    keys::listen(move |key| {
        let ours = may && key.name == "n" && !key.control && !key.alt && !key.typing && opened.get_untracked() == Opened::Nothing;
        if ours {
            navigate(&new, leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        }
        ours
    });
    move || match opened.get() {
        Opened::Nothing => ().into_any(),
        Opened::NewCategory => view! { <NewCategory shaper/> }.into_any(),
        Opened::NewField(category) => view! { <NewFieldDialog shaper category/> }.into_any(),
        Opened::Field(id) => known(shaper, id, move |line| view! { <FieldDialog shaper line may/> }.into_any()),
        Opened::Used(id) => known(shaper, id, move |line| view! { <Used shaper line/> }.into_any()),
        Opened::Require(id) => known(shaper, id, move |line| view! { <Require shaper line/> }.into_any()),
    }
}

/// A dialog about a field that is there.
fn known(shaper: Shaper, id: FieldId, dialog: impl Fn(FieldLine) -> AnyView) -> AnyView {
    untrack(|| shaper.field(id)).map_or_else(|| ().into_any(), dialog)
}

#[component]
fn NewCategory(shaper: Shaper) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let action = ServerAction::<ShapePool>::new();
    let typed = RwSignal::new(String::new());
    let leave = leave(back.clone());
    shaper.after(
        action,
        move || fill(t::SAID_ADDED.get(lang), &[("name", &typed.get_untracked())]),
        move |made| {
            leave.run(());
            show_made(made.map(|id| Thing::Category(CategoryId::new(id))));
        },
    );
    let error = refusal(action);
    view! {
        <Modal id="new-category" class="dialog--small" title=t::NEW_CATEGORY.get(lang).to_owned() back=back.clone()>
            <ActionForm action>
                <input type="hidden" name="pool" value=shaper.pool.get()/>
                <input type="hidden" name="form[what]" value="add_category"/>
                <div class="dialog__text">
                    <div class="field">
                        <label class="field__label" for="category-label">{t::CATEGORY_NAME.get(lang)}<span class="field__required" aria-hidden="true">" *"</span></label>
                        <span class="input"><input id="category-label" type="text" name="form[label]" required autocomplete="off" autofocus
                            aria-invalid=move || error.get().map(|_| "true") aria-describedby="category-label-error" on:input=move |event| typed.set(event_target_value(&event))/></span>
                        <p class="field__error" id="category-label-error" role="alert">{error}</p>
                    </div>
                </div>
                <footer class="dialog__foot">
                    <p></p>
                    <a class="button" href=back>{t::CANCEL.get(lang)}</a>
                    <button class="button button--primary" type="submit">{t::CREATE_CATEGORY.get(lang)}</button>
                </footer>
            </ActionForm>
        </Modal>
    }
}

/// What stands in the way of deleting a field, each with a link.
#[component]
fn Used(shaper: Shaper, line: FieldLine) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let id = line.id;
    let uses = Resource::<_, Wire>::new_with_options(|| (), move |()| field_uses(shaper.pool, id), false);
    let title = fill(t::USED_TITLE.get(lang), &[("name", &line.label)]);
    view! {
        <Modal id="used" class="dialog--small" title back=back.clone()>
            <div class="dialog__text">
                <Transition fallback=move || t::COUNTING.get(lang)>
                    {move || Suspend::new(async move {
                        match uses.await {
                            Ok(uses) if uses.is_empty() => view! { <p>{t::USED_NOTHING.get(lang)}</p> }.into_any(),
                            Ok(uses) => view! {
                                <p>{t::USED_LEAD.get(lang)}</p>
                                <ul class="uses">{uses.into_iter().map(|one| view! { <li><span>{one.kind}</span>" "<a class="text-link" href=one.href>{one.name}</a></li> }).collect_view()}</ul>
                            }.into_any(),
                            Err(error) => view! { <p class="field__error">{error.message(lang)}</p> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
            <footer class="dialog__foot"><p></p><a class="button" href=back>{t::CLOSE.get(lang)}</a></footer>
        </Modal>
    }
}

/// How many profiles lack a value, before a field becomes a required one.
#[component]
fn Require(shaper: Shaper, line: FieldLine) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let id = line.id;
    let action = ServerAction::<ShapePool>::new();
    let n = Resource::<_, Wire>::new_with_options(|| (), move |()| lacking(shaper.pool, id), false);
    let title = fill(t::REQUIRE_TITLE.get(lang), &[("name", &line.label)]);
    let show = format!("{}?filter={}:empty:", routes::pool(shaper.pool), line.key);
    let leave = leave(back.clone());
    let name = StoredValue::new(line.label.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = FieldChange { required: Some(true), ..FieldChange::default() };
        shaper.take(Step::ChangeField { field: id, change }, fill(t::SAID_CHANGED.get(lang), &[("name", &name.get_value())]));
        leave.run(());
    };
    view! {
        <Modal id="require" class="dialog--small" title back=back.clone()>
            <ActionForm action on:submit:capture=submit>
                <input type="hidden" name="pool" value=shaper.pool.get()/>
                <input type="hidden" name="form[what]" value="require_field"/>
                <input type="hidden" name="form[field]" value=id.get()/>
                <input type="hidden" name="form[required]" value="on"/>
                <div class="dialog__text">
                    <Transition fallback=move || t::COUNTING.get(lang)>
                        {move || {
                            let show = show.clone();
                            Suspend::new(async move {
                                match n.await {
                                    Ok(0) => view! { <p role="status">{t::REQUIRE_NONE.get(lang)}</p> }.into_any(),
                                    Ok(n) => view! {
                                        <p role="status">{fill(t::REQUIRE_LACKING.get(lang), &[("n", &number(i64::try_from(n).unwrap_or(i64::MAX), lang))])}</p>
                                        <p><a class="text-link" href=show>{t::REQUIRE_SHOW.get(lang)}</a></p>
                                    }.into_any(),
                                    Err(error) => view! { <p class="field__error">{error.message(lang)}</p> }.into_any(),
                                }
                            })
                        }}
                    </Transition>
                </div>
                <footer class="dialog__foot">
                    <p></p>
                    <a class="button" href=back>{t::CANCEL.get(lang)}</a>
                    <button class="button button--primary" type="submit"><Icon name="check"/><span>{t::REQUIRE_DO.get(lang)}</span></button>
                </footer>
            </ActionForm>
        </Modal>
    }
}

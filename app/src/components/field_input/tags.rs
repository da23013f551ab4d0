//! Several of a closed list: boxes to tick, which become tags and a searchable list when the page is awake.

use domain::lang::fill;
use leptos::either::Either;
use leptos::prelude::*;

use super::finder::{Finder, Listbox, Wish};
use super::options::Options;
use super::words as w;
use super::{Frame, invalid};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::profile_form::state::FieldState;
use crate::i18n::use_lang;

/// The control of a multi-selection.
#[component]
pub fn Choices(frame: Frame, options: Options) -> impl IntoView {
    let locked = frame.def.with_value(|def| def.locked);
    let awake = RwSignal::new(!locked && browser::listbox::is_awake());
    let options = StoredValue::new(options);
    move || {
        if awake.get() {
            Either::Left(view! { <Tags frame options/> })
        } else {
            Either::Right(view! { <Boxes frame options on_awake=move || if !locked { awake.set(true) }/> })
        }
    }
}

/// Put a value among the chosen ones, or take it away.
fn put(field: FieldState, code: &str, on: bool) {
    field.values.update(|values| {
        values.retain(|other| other != code && !other.is_empty());
        if on {
            values.push(code.to_owned());
        }
        values.sort();
    });
}

/// The browser's own boxes.
#[component]
fn Boxes(frame: Frame, options: StoredValue<Options>, on_awake: impl Fn() + Send + 'static) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    let field = frame.field;
    browser::listbox::bind_boxes(node, field.values, on_awake);
    let locked = frame.def.with_value(|def| def.locked);
    let options = options.get_value();
    let long = options.is_long();
    let chosen = field.values.get_untracked();
    let more = options.unknown(&chosen).into_iter().map(|code| (code.clone(), code));
    let all = options.all().iter().map(|choice| (choice.code.clone(), choice.label.clone()));
    let boxes = all.chain(more).map(|(code, label)| {
        let on = chosen.contains(&code);
        view! { <label><input class="check" type="checkbox" name=frame.name() value=code autocomplete="off" disabled=locked checked=on/>{label}</label> }
    });
    view! {
        <div class="choices" class:choices--long=long id=frame.id.get_value() node_ref=node role="group" aria-labelledby=frame.label_id() tabindex="-1" aria-invalid=move || invalid(field)>
            <input type="hidden" name=frame.name() value=""/>
            {boxes.collect_view()}
        </div>
    }
}

/// The chosen ones as tags, each with a button that removes it; behind them the input that adds.
#[component]
fn Tags(frame: Frame, options: StoredValue<Options>) -> impl IntoView {
    let lang = use_lang();
    let Frame { form, field, id, .. } = frame;
    let label = frame.def.with_value(|def| def.label.clone());
    let finder = id.with_value(|id| Finder::new(id, move || options.get_value()));
    let said = RwSignal::new(String::new());
    let say = move |text: domain::lang::Text, name: &str| said.set(fill(text.get(lang), &[("name", name)]));
    let code_at = move |place: usize| options.with_value(|options| options.all().get(place).map(|choice| choice.code.clone()));
    let has = move |code: &str| field.values.with(|values| values.iter().any(|value| value == code));
    let remove = move |code: &str| {
        put(field, code, false);
        say(w::REMOVED, &options.with_value(|options| options.label(code)));
        form.check(field);
    };
    let is_chosen = Callback::new(move |place: usize| code_at(place).is_some_and(|code| has(&code)));
    let choose = Callback::new(move |place: usize| {
        let Some(code) = code_at(place) else { return };
        finder.typed.set(None);
        if untrack(|| has(&code)) {
            remove(&code);
        } else {
            put(field, &code, true);
            say(w::ADDED, &options.with_value(|options| options.label(&code)));
            form.check(field);
        }
        // The list stays for the next one, with the keys at the one just chosen.
        finder.show(Some(place));
    });
    // In the order of the list; what the list doesn't have comes last.
    let chosen = Memo::new(move |_| {
        field.values.with(|values| {
            options.with_value(|options| {
                let listed = options.all().iter().filter(|choice| values.contains(&choice.code)).map(|choice| choice.code.clone());
                listed.chain(options.unknown(values)).collect::<Vec<_>>()
            })
        })
    });
    let to_input = move || id.with_value(|id| browser::forms::focus(id));
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Backspace" && event_target_value(&event).is_empty() {
            if let Some(last) = chosen.with_untracked(|chosen| chosen.last().cloned()) {
                remove(&last);
            }
            return;
        }
        if let Wish::Choose(place) = finder.press(&event, None) {
            choose.run(place);
        }
    };
    // What names an option in full is taken along; anything else was only searched for.
    let leave = move || {
        finder.hide();
        let typed = finder.typed.get_untracked().unwrap_or_default();
        finder.typed.set(None);
        let named = options.with_value(|options| options.named(&typed).map(|choice| choice.code.clone()));
        if let Some(code) = named.filter(|code| !typed.trim().is_empty() && !untrack(|| has(code))) {
            put(field, &code, true);
            say(w::ADDED, &options.with_value(|options| options.label(&code)));
            form.check(field);
        }
    };
    let tag = move |code: String| {
        let label = options.with_value(|options| options.label(&code));
        let name = fill(w::REMOVE.get(lang), &[("name", &label)]);
        let gone = code.clone();
        view! {
            <li class="tag-box__tag">
                <span>{label}</span>
                <button type="button" aria-label=name.clone() title=name on:click=move |_| { remove(&gone); to_input(); }><Icon name="close"/></button>
                <input type="hidden" name=frame.name() value=code/>
            </li>
        }
    };
    view! {
        <div class="combobox">
            <input type="hidden" name=frame.name() value=""/>
            <div class="input tag-box">
                <ul class="tag-box__tags" aria-label=fill(w::CHOSEN_OF.get(lang), &[("name", &label)])>
                    <For each=move || chosen.get() key=Clone::clone children=tag/>
                </ul>
                <input id=id.get_value() type="text" role="combobox" autocomplete="off" spellcheck="false"
                    aria-label=fill(w::ADD_TO.get(lang), &[("name", &label)]) aria-autocomplete="list"
                    aria-expanded=move || finder.open.get().to_string() aria-controls=finder.list_id() aria-activedescendant=move || finder.active()
                    aria-invalid=move || invalid(field) aria-describedby=move || frame.described()
                    placeholder=w::ADD.get(lang) prop:value=move || finder.typed.get().unwrap_or_default()
                    on:input=move |event| finder.type_in(event_target_value(&event))
                    on:click=move |_| if !finder.open.get_untracked() { finder.show(None) }
                    on:keydown=on_keydown on:blur=move |_| leave()/>
                <Icon name="down"/>
            </div>
            <span class="visually-hidden" role="status">{said}</span>
            <Listbox finder label=label.clone() many=true is_chosen choose/>
        </div>
    }
}

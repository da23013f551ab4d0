//! One of a closed list: a native list, which becomes a searchable one where it is long and the page is awake.

use leptos::either::Either;
use leptos::prelude::*;

use super::combobox::Combobox;
use super::options::Options;
use super::{Frame, invalid};
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// The control of a closed list. `options` may change with the profile's country.
#[component]
pub fn Select(frame: Frame, #[prop(into)] options: Signal<Options>) -> impl IntoView {
    let search = frame.searched && !frame.def.with_value(|def| def.locked);
    let awake = RwSignal::new(search && browser::listbox::is_awake());
    move || {
        if awake.get() {
            Either::Left(view! { <Combobox frame options/> })
        } else {
            Either::Right(view! { <Native frame options on_awake=move || if search { awake.set(true) }/> })
        }
    }
}

/// The browser's own list.
#[component]
fn Native(frame: Frame, options: Signal<Options>, on_awake: impl Fn() + Send + 'static) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Select>::new();
    let Frame { form, field, .. } = frame;
    browser::listbox::bind_select(node, field.values, on_awake);
    let def = frame.def.get_value();
    let kept = untrack(move || [field.values.get(), field.was.get()].concat());
    let chosen = kept.first().cloned().unwrap_or_default();
    let html = options.with_untracked(|options| entries(options, &chosen, &kept, w::NOT_CHOSEN.get(lang)));
    view! {
        <span class="input">
            <select id=frame.id.get_value() node_ref=node name=frame.name() required=def.required disabled=def.locked autocomplete="off"
                aria-invalid=move || invalid(field) aria-describedby=move || frame.described()
                on:change=move |event| { field.values.set(vec![event_target_value(&event)]); form.check(field); } inner_html=html></select>
            <Icon name="down"/>
        </span>
    }
}

/// The options as HTML: a form may hold thousands of them, and nobody has to wake them one by one.
fn entries(options: &Options, chosen: &str, kept: &[String], nothing: &str) -> String {
    let mut html = String::new();
    let mut add = |code: &str, label: &str| {
        html.push_str("<option value=\"");
        push_escaped(&mut html, code);
        html.push_str(if code == chosen { "\" selected>" } else { "\">" });
        push_escaped(&mut html, label);
        html.push_str("</option>");
    };
    add("", nothing);
    options.all().iter().for_each(|choice| add(&choice.code, &choice.label));
    let mut unknown = options.unknown(kept);
    unknown.dedup();
    unknown.iter().for_each(|code| add(code, code));
    html
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests;

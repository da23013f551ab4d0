//! `?`: the keys and what they do.

use domain::lang::Text;
use leptos::prelude::*;

use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::parts::part;
use crate::text::frame as t;

/// Keys that are pressed one after the other or together, and what they do.
type Line = (&'static [Text], Text);

const fn key(name: &'static str) -> Text {
    Text::new(name, name)
}

const EVERYWHERE: [Line; 4] =
    [(&[t::GO_TO_KEYS], t::KEY_PALETTE), (&[key("/")], t::KEY_SEARCH), (&[key("?")], t::KEY_HELP), (&[key("Esc")], t::KEY_ESCAPE)];
const LIST: [Line; 7] = [
    (&[key("j"), key("k")], t::KEY_MOVE),
    (&[key("↓"), key("↑")], t::KEY_MOVE),
    (&[key("x")], t::KEY_SELECT),
    (&[t::KEY_SHIFT, t::CLICK], t::KEY_RANGE),
    (&[key("Enter")], t::KEY_OPEN),
    (&[key("e")], t::KEY_EDIT),
    (&[key("n")], t::KEY_NEW),
];
const EDIT: [Line; 1] = [(&[t::KEY_SAVE_KEYS], t::KEY_SAVE)];

part! {
    /// The dialog with all keys.
    dialogs, shortcuts_help(open: RwSignal<bool>) {
        view! { <ShortcutsHelp open/> }.into_any()
    }
}

#[component]
fn ShortcutsHelp(open: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    browser::dialog::follow(dialog, open.into());
    view! {
        <dialog class="dialog dialog--medium" node_ref=dialog aria-labelledby="shortcuts" on:close=move |_| open.set(false)>
            <header class="dialog__head">
                <h2 id="shortcuts">{t::SHORTCUTS.get(lang)}</h2>
                <button class="icon-button" type="button" aria-label=t::CLOSE.get(lang) on:click=move |_| open.set(false)><Icon name="close"/></button>
            </header>
            <div class="dialog__text">
                <div class="shortcuts">
                    <Group title=t::KEYS_EVERYWHERE lines=&EVERYWHERE/>
                    <Group title=t::KEYS_LIST lines=&LIST/>
                    <Group title=t::KEYS_EDIT lines=&EDIT/>
                </div>
            </div>
        </dialog>
    }
}

#[component]
fn Group(title: Text, lines: &'static [Line]) -> impl IntoView {
    let lang = use_lang();
    let lines = lines.iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd class="key">{key.get(lang)}</kbd> }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{what.get(lang)}</dd></div> }
    });
    view! { <section><h3>{title.get(lang)}</h3><dl>{lines.collect_view()}</dl></section> }
}

//! Two people changed the same fields: both values side by side, one to choose.

use domain::lang::{Text, fill};
use leptos::prelude::*;

use crate::api::profiles::sheet::Conflict;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// Mine is chosen at first: what was typed is never given up silently.
#[component]
pub fn ConflictTable(
    conflict: Conflict,
    /// What happened: with the name of who did it, and without.
    lead: [Text; 2],
    /// Takes the keys of the fields in which theirs shall stay.
    on_choice: Callback<Vec<String>>,
) -> impl IntoView {
    let lang = use_lang();
    let theirs = RwSignal::new(Vec::<String>::new());
    let [named, anonymous] = lead;
    let lead = if conflict.by.is_empty() { anonymous } else { named }.get(lang);
    let lead = fill(lead, &[("name", &conflict.by), ("at", &conflict.at)]);
    let choose = move |key: &str, take: bool| {
        theirs.update(|theirs| {
            theirs.retain(|other| other != key);
            if take {
                theirs.push(key.to_owned());
            }
        });
    };
    let said = |text: &str| if text.is_empty() { w::EMPTY_VALUE.get(lang).to_owned() } else { text.to_owned() };
    let revision = conflict.revision;
    let rows = conflict.fields.into_iter().map(|clash| {
        let name = format!("choose-{}", clash.key);
        let (mine, other) = (clash.key.clone(), clash.key.clone());
        view! {
            <tr>
                <th scope="row">{clash.label}</th>
                <td><label><input type="radio" name=name.clone() value="mine" checked=true on:change=move |_| choose(&mine, false)/>{said(&clash.mine)}</label></td>
                <td><label><input type="radio" name=name value="theirs" on:change=move |_| choose(&other, true)/>{said(&clash.theirs)}</label></td>
            </tr>
        }
    }).collect_view();
    view! {
        <section class="conflict-box" role="alert">
            <div class="notice notice--caution"><Icon name="alert"/><p>{lead}</p></div>
            <table class="conflict">
                <thead><tr><th scope="col">{w::FIELD.get(lang)}</th><th scope="col">{w::MINE.get(lang)}</th><th scope="col">{w::THEIRS.get(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <input type="hidden" name="newer" value=revision/>
            <button class="button button--primary" type="button" data-awake on:click=move |_| on_choice.run(theirs.get_untracked())>{w::SAVE_CHOICE.get(lang)}</button>
        </section>
    }
}

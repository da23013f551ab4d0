//! One column of the file: its samples, its field, how sure that is.

use domain::lang::fill;
use leptos::prelude::*;

use super::super::pick::{MAKE, Picks, WAY};
use crate::api::imports::{ColumnLine, FieldChoice};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::import as t;

/// From this confidence on nobody needs to look twice.
const SURE: u8 = 80;

/// A line of the mapping.
#[component]
pub fn ColumnRow(
    at: usize,
    column: ColumnLine,
    fields: StoredValue<Vec<FieldChoice>>,
    picks: RwSignal<Picks>,
    /// Whether a field may be made of it.
    may_make: bool,
) -> impl IntoView {
    let lang = use_lang();
    // They open the parts below, which stand open to everybody without the script.
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let more = move || {
        awake.get().then(|| {
            let make = may_make.then(|| view! { <option value=MAKE>{t::FIELD_NEW.get(lang)}</option> });
            view! { <option value=WAY>{t::WAY_OTHER.get(lang)}</option>{make} }
        })
    };
    let proposed = StoredValue::new(column.field.clone());
    let used = Memo::new(move |_| picks.with(|picks| picks.is_used(at)));
    let field = Memo::new(move |_| picks.with(|picks| picks.columns.get(at).map(|pick| pick.field.clone()).unwrap_or_default()));
    let icon = move || fields.with_value(|fields| fields.iter().find(|one| one.key == field.get()).map(|one| one.icon.clone()));
    let samples = column.samples.iter().enumerate().map(|(n, sample)| view! { {(n > 0).then(|| view! { <i>"·"</i> })}{sample.clone()} });
    let samples = samples.collect_view();
    let options = fields.with_value(|fields| {
        let option = |one: &FieldChoice| {
            let selected = column.field.as_ref() == Some(&one.key);
            view! { <option value=one.key.clone() selected=selected>{one.label.clone()}</option> }
        };
        fields.iter().map(option).collect_view()
    });
    let ways = column.offers.iter().map(|(word, label)| {
        let selected = column.field.as_ref() == Some(word);
        view! { <option value=word.clone() selected=selected>{label.clone()}</option> }
    });
    let ways = (!column.offers.is_empty()).then(|| view! { <optgroup label=t::WAYS.get(lang)>{ways.collect_view()}</optgroup> });
    let is_proposed = move || proposed.with_value(|proposed| proposed.as_deref().unwrap_or_default() == field.get());
    let confidence = column.confidence;
    let use_label = format!("{}: {}", t::USE_COLUMN.get(lang), column.heading);
    let field_label = fill(t::FIELD_FOR.get(lang), &[("name", &column.heading)]);
    view! {
        <tr data-unmapped=move || !used.get()>
            <td data-col="use">
                <input class="check" type="checkbox" name=format!("used[{at}]") value=at aria-label=use_label checked=used.get_untracked() prop:checked=move || used.get()
                    on:change=move |event| {
                        let checked = event_target_checked(&event);
                        picks.update(|picks| picks.columns[at].used = checked);
                    }/>
            </td>
            <th data-col="column" scope="row">{column.heading}</th>
            <td data-col="samples"><span class="samples">{samples}</span></td>
            <td data-col="arrow"><Icon name="arrow-right"/></td>
            <td data-col="field">
                <span class="input input--small" class:input--quiet=move || used.get()>
                    {move || icon().map(|icon| view! { <Icon name=icon/> })}
                    <select name=format!("columns[{at}]") aria-label=field_label on:change=move |event| picks.update(|picks| picks.choose(at, event_target_value(&event)))>
                        <option value="">{t::LEAVE_OUT.get(lang)}</option>
                        {options}
                        {ways}
                        {more}
                    </select>
                    <Icon name="down"/>
                </span>
            </td>
            <td data-col="confidence">
                {move || if used.get() && is_proposed() { view! { <Confidence percent=confidence/> }.into_any() } else { view! { <span class="nothing">"–"</span> }.into_any() }}
            </td>
            <td data-col="hint"><Hint at picks used/></td>
        </tr>
    }
}

/// Four bars and the number; the sentence says what it rests on.
#[component]
fn Confidence(percent: u8) -> impl IntoView {
    let lang = use_lang();
    let n_on = usize::from(percent).div_ceil(25);
    let bars = (0..4).map(|n| {
        let height = 4 * (n + 1) * 2 / 3 + 1;
        view! { <rect x=n * 5 y=12 - height width="3.5" height=height rx=".75" data-on=n < n_on></rect> }
    });
    let sentence = if percent >= SURE { t::SURE } else { t::LIKELY }.get(lang);
    view! {
        <span class="confidence" class:confidence--some=percent < SURE title=sentence>
            <svg viewBox="0 0 20 12" aria-hidden="true">{bars.collect_view()}</svg>
            {format!("{percent} %")}
            <span class="visually-hidden">": "{sentence}</span>
        </span>
    }
}

#[component]
fn Hint(at: usize, picks: RwSignal<Picks>, used: Memo<bool>) -> impl IntoView {
    let lang = use_lang();
    let hint = Memo::new(move |_| {
        picks.with(|picks| {
            if !used.get() {
                Some(("alert", t::UNMAPPED, true))
            } else if picks.is_twice(at) {
                Some(("alert", t::TWICE, true))
            } else {
                picks.is_key(at).then_some(("link", t::KEY_HINT, false))
            }
        })
    });
    move || {
        hint.get().map(|(icon, text, caution)| {
            view! { <span class="hint" class:hint--caution=caution><Icon name=icon/><span title=text.get(lang)>{text.get(lang)}</span></span> }
        })
    }
}

//! The rows of a fate, and the grid of the cells that can't be read.

use domain::id::{ImportId, PoolId};
use domain::import::{Fate, KEPT_ROWS, SHOWN};
use domain::lang::{Text, fill, number};
use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::api::imports::check::{CheckLine, CorrectCells, Told, WrongCell};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;

/// A table; of refused rows a form.
#[component]
pub fn Lines(
    pool: PoolId,
    import: ImportId,
    fate: Fate,
    /// How many rows have it.
    n: u64,
    lines: Vec<CheckLine>,
    next: Option<String>,
    /// Whether the whole file has been looked at.
    ended: bool,
) -> impl IntoView {
    let lang = use_lang();
    if lines.is_empty() {
        return ended.then(|| view! { <p class="nothing">{t::CHECK_NONE.get(lang)}</p> }).into_any();
    }
    let more = next.map(|next| {
        view! { <p><a class="button" href=routes::import_check(pool, import, Some(fate), Some(&next))>{t::CHECK_MORE.get(lang)}</a></p> }
    });
    let kept = (n > KEPT_ROWS).then(|| {
        let n = number(i64::try_from(n).unwrap_or(i64::MAX), lang);
        view! { <p class="field__help">{fill(t::CHECK_KEPT.get(lang), &[("n", &n)])}</p> }
    });
    let table = match fate {
        // As long as the check goes on the page is renewed: what somebody typed would be lost.
        Fate::Refused if ended => view! { <Grid pool import lines/> }.into_any(),
        _ => view! { <Rows pool fate lines/> }.into_any(),
    };
    view! { {kept}{table}{more} }.into_any()
}

#[component]
fn Rows(pool: PoolId, fate: Fate, lines: Vec<CheckLine>) -> impl IntoView {
    let lang = use_lang();
    let rows = lines.into_iter().map(|line| {
        let who = line.who.map(|(id, name)| view! { <a class="text-link" href=routes::profile(pool, id)>{name}</a> });
        let told = match line.wrong {
            Some(wrong) => match wrong.was.is_empty() {
                true => wrong.reason.into_any(),
                false => format!("{} {}: {}", wrong.column, wrong.was, wrong.reason).trim_start().to_owned().into_any(),
            },
            None => view! { <Changes changes=line.changes/> }.into_any(),
        };
        view! { <tr><th scope="row">{line.row}</th><td>{who}</td><td>{told}</td></tr> }
    });
    let rows = rows.collect_view();
    let heading = if fate == Fate::Skipped { t::CHECK_WHY } else { t::CHECK_VALUES };
    view! {
        <div class="preview__scroll import-check__rows" tabindex="0" role="region" aria-labelledby="check">
            <table class="data-table">
                <thead><tr><th scope="col">{t::ROW.get(lang)}</th><th scope="col">{t::CHECK_PROFILE.get(lang)}</th><th scope="col">{heading.get(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Changes(changes: Vec<Told>) -> impl IntoView {
    let lang = use_lang();
    let one = |Told { label, before, after }: Told| {
        let before = (!before.is_empty()).then(|| view! { <del>{before}</del>" " });
        let after = match after.is_empty() {
            true => view! { <ins class="nothing">{t::CHECK_EMPTY.get(lang)}</ins> }.into_any(),
            false => view! { <ins>{after}</ins> }.into_any(),
        };
        view! { <div><dt>{label}</dt><dd>{before}{after}</dd></div> }
    };
    view! { <dl class="import-check__changes">{changes.into_iter().map(one).collect_view()}</dl> }
}

/// What is typed here is read instead of the cell; the file stays as it is.
#[component]
fn Grid(pool: PoolId, import: ImportId, lines: Vec<CheckLine>) -> impl IntoView {
    let lang = use_lang();
    let send = ServerAction::<CorrectCells>::new();
    let error = move || send.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let cell = |(n, line): (usize, CheckLine)| line.wrong.map(|wrong| view! { <Cell n row=line.row wrong/> });
    let rows = lines.into_iter().enumerate().filter_map(cell).collect_view();
    view! {
        <form method="post" action=CorrectCells::PATH class="import-check__grid">
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="import" value=import.to_string()/>
            <p>{t::CORRECT_LEAD.get(lang)}</p>
            <div class="preview__scroll import-check__rows" tabindex="0" role="region" aria-labelledby="check">
                <table class="data-table">
                    <thead>
                        <tr>
                            <th scope="col">{t::ROW.get(lang)}</th>
                            <th scope="col">{t::CORRECT_COLUMN.get(lang)}</th>
                            <th scope="col">{t::CORRECT_CELL.get(lang)}</th>
                            <th scope="col">{t::CORRECT_ALL.get(lang)}</th>
                            <th scope="col">{t::CHECK_WHY.get(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="field__error" role="alert">{error}</p>
            <p><button class="button" type="submit">{t::CORRECT.get(lang)}</button></p>
        </form>
    }
}

#[component]
fn Cell(n: usize, row: u64, wrong: WrongCell) -> impl IntoView {
    let lang = use_lang();
    let WrongCell { column, was, reason, put } = wrong;
    let name = move |part: &str| format!("cells[{n}][{part}]");
    let told = format!("cell-{n}-why");
    let number = row.to_string();
    let named = |text: Text| fill(text.get(lang), &[("row", &number), ("column", &column)]);
    // A whole row that can't be read, or a value too long to be shown whole, is put right in the file.
    let is_beyond = column.is_empty() || was.chars().count() >= SHOWN;
    let cell = if is_beyond {
        view! { <td>{was}</td><td></td> }.into_any()
    } else {
        let (label, all) = (named(t::CORRECT_LABEL), named(t::CORRECT_ALL_LABEL));
        let in_file = put.is_some().then(|| view! { <small>{fill(t::CORRECT_WAS.get(lang), &[("value", &was)])}</small> });
        let value = put.unwrap_or_else(|| was.clone());
        view! {
            <td>
                <input type="hidden" name=name("row") value=number.clone()/>
                <input type="hidden" name=name("column") value=column.clone()/>
                <input type="hidden" name=name("was") value=was/>
                <input type="hidden" name=name("shown") value=value.clone()/>
                <span class="input"><input type="text" name=name("value") value=value aria-label=label aria-invalid="true" aria-describedby=told.clone() autocomplete="off"/></span>
                {in_file}
            </td>
            <td><input class="check" type="checkbox" name=name("all") value="on" aria-label=all autocomplete="off"/></td>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{row}</th>
            <td>{column.clone()}</td>
            {cell}
            <td id=told><span class="hint hint--caution"><Icon name="alert"/><span>{reason}</span></span></td>
        </tr>
    }
}

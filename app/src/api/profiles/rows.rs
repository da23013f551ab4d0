//! Profiles as rows: every value as the reader's language shows it, cut at the hits of the search.

use domain::field::{FieldDef, FieldKind};
use domain::layout::ListLayout;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::search::Query;
use domain::value::{self, Value};

use super::columns::look;
use super::shapes::{Look, Row};
use crate::components::data_table::row::{BodyRow, Cell};
use crate::components::data_table::usual_width;
use crate::context::Viewer;
use crate::pages::profiles::place::{Open, Place};

/// Makes rows for one list.
pub(super) struct RowMaker<'a> {
    pool: &'a Pool,
    viewer: &'a Viewer,
    columns: Vec<ShownField<'a>>,
    query: Query,
    open: Open,
}

struct ShownField<'a> {
    field: &'a FieldDef,
    look: Look,
    /// Hits are marked where they were looked for.
    searched: bool,
    /// Characters that fit, about.
    room: usize,
}

/// Pixels of an average character at the list's size, and around a tag.
const CHARACTER: f64 = 6.6;
const TAG: usize = 2;

impl<'a> RowMaker<'a> {
    pub(super) fn new(pool: &'a Pool, layout: &ListLayout, place: &Place, viewer: &'a Viewer) -> Self {
        let (query, usual) = (&place.query, pool.default_search());
        let searched = |field: &FieldDef| {
            if query.search_in.is_empty() { usual.iter().any(|other| other.id == field.id) } else { query.search_in.contains(&field.key) }
        };
        let shown = |column: &domain::layout::Column| {
            let field = pool.field(&column.key)?;
            let look = look(field);
            let width = column.width.unwrap_or_else(|| usual_width(look));
            Some(ShownField { field, look, searched: searched(field), room: (f64::from(width.saturating_sub(12)) / CHARACTER) as usize })
        };
        Self { pool, viewer, columns: layout.columns.iter().filter_map(shown).collect(), query: Query::parse(&query.q), open: place.open }
    }

    /// The columns, in the order of the cells.
    pub(super) fn keys(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.field.key.clone()).collect()
    }

    /// The fields that rows are made of.
    pub(super) fn needed(&self) -> Vec<String> {
        let mut keys = self.keys();
        keys.extend(
            ["NAME", "FIRSTNAME", "EMAIL", "COMPANY"]
                .into_iter()
                .filter(|key| !self.columns.iter().any(|column| column.field.key == *key))
                .map(str::to_owned),
        );
        keys
    }

    /// A profile as a row; `at` is its place among all, the head being the first.
    pub(super) fn row(&self, profile: &Profile, at: Option<u64>) -> Row {
        let title = self.title(profile);
        let row = BodyRow {
            pool: self.pool.id,
            id: profile.id,
            title: title.clone(),
            at,
            open: self.open == Open::Profile(profile.id),
            status: profile.status.code().to_owned(),
            cells: self.columns.iter().map(|column| self.cell(column, profile)).collect(),
        };
        Row { id: profile.id, revision: profile.revision, title, html: row.to_html(self.viewer.lang) }
    }

    /// What a reader calls this profile: "Bergmann, Katharina", else the address, else its number.
    fn title(&self, profile: &Profile) -> String {
        let text = |key: &str| {
            let field = self.pool.field(key)?;
            profile.value(field.id).map(|value| value::show(field, value, self.viewer.lang, &self.viewer.zone))
        };
        let names: Vec<String> = ["NAME", "FIRSTNAME"].into_iter().filter_map(text).collect();
        if names.is_empty() {
            text("EMAIL").or_else(|| text("COMPANY")).unwrap_or_else(|| format!("#{}", profile.id))
        } else {
            names.join(", ")
        }
    }

    fn cell(&self, column: &ShownField<'_>, profile: &Profile) -> Cell {
        let (texts, full) = profile.value(column.field.id).map(|value| self.texts(column, value)).unwrap_or_default();
        Cell { key: column.field.key.clone(), look: column.look, texts, full }
    }

    /// The value as texts cut at their hits, and the whole of it where they leave a part out.
    fn texts(&self, column: &ShownField<'_>, value: &Value) -> (Vec<Vec<String>>, Option<String>) {
        if let (FieldKind::MultiSelection, Value::Set(options)) = (column.field.kind, value) {
            let labels = options.iter().filter_map(|id| column.field.option(*id)).map(|option| option.label.as_str());
            return self.tags(column, labels.collect());
        }
        let shown = value::show(column.field, value, self.viewer.lang, &self.viewer.zone);
        let shown = shown.lines().next().unwrap_or_default().to_owned();
        if column.look == Look::Time
            && let Some((date, time)) = shown.rsplit_once(' ')
        {
            let date = date.trim_end_matches(',').to_owned();
            return (vec![self.parts(column, &date), self.parts(column, time)], None);
        }
        let parts = self.parts(column, &shown);
        match in_sight(&parts, column.room) {
            Some(parts) => (vec![parts], Some(shown)),
            None => (vec![parts], None),
        }
    }

    /// As many tags as fit, then how many more there are.
    fn tags(&self, column: &ShownField<'_>, labels: Vec<&str>) -> (Vec<Vec<String>>, Option<String>) {
        let mut room = column.room;
        let mut fit = 0;
        for label in &labels {
            let takes = label.chars().count() + TAG;
            let more = if fit + 1 < labels.len() { 4 } else { 0 };
            if fit > 0 && takes + more > room {
                break;
            }
            room = room.saturating_sub(takes);
            fit += 1;
        }
        let mut texts: Vec<Vec<String>> = labels[..fit].iter().map(|label| self.parts(column, label)).collect();
        let rest = labels.len() - fit;
        if rest > 0 {
            texts.push(vec![format!("+{rest}")]);
        }
        (texts, (rest > 0).then(|| labels.join(", ")))
    }

    /// The text cut at its hits: the odd parts are hits.
    fn parts(&self, column: &ShownField<'_>, text: &str) -> Vec<String> {
        if !column.searched || self.query.is_empty() {
            return vec![text.to_owned()];
        }
        let mut parts = Vec::new();
        let mut at = 0;
        for hit in self.query.marks(text) {
            parts.push(text[at..hit.start].to_owned());
            parts.push(text[hit.clone()].to_owned());
            at = hit.end;
        }
        parts.push(text[at..].to_owned());
        parts
    }
}

/// When the first hit would lie beyond the ellipsis, the text is cut before it instead.
fn in_sight(parts: &[String], room: usize) -> Option<Vec<String>> {
    let (before, hit) = (parts.first()?, parts.get(1)?);
    let length = before.chars().count();
    let end = length + hit.chars().count();
    if end <= room || room < 8 {
        return None;
    }
    let keep = (room / 3).min(room.saturating_sub(hit.chars().count() + 1)).max(2);
    let tail: String = before.chars().skip(length.saturating_sub(keep)).collect();
    let mut cut = parts.to_vec();
    cut[0] = format!("…{tail}");
    Some(cut)
}

#[cfg(test)]
mod tests;

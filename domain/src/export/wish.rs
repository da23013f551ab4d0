//! What somebody wants to take along, as an address says it.

use super::Form;
use crate::field::{FieldDef, Internal};
use crate::id::ProfileId;
use crate::layout::ListLayout;
use crate::list::url::push;
use crate::list::{DEFAULT_PAGE_SIZE, ListQuery, Part};
use crate::pool::Pool;
use crate::problem::{Invalid, Problem};

/// The most profiles that an address names one by one.
const MAX_IDS: usize = 100_000;

/// Which fields a file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// All that the reader sees.
    #[default]
    All,
    /// Those of the list as the reader has arranged it, behind the profile id.
    List,
    /// These, by their internal names, in this order.
    These(Vec<String>),
}

/// An export.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Which profiles of the list.
    pub part: Part,
    /// The list: what is searched, filtered, and the order. Its page doesn't matter and is always the first.
    pub list: ListQuery,
    /// Which fields.
    pub columns: Columns,
    /// How it is written.
    pub form: Form,
}

impl Wish {
    /// What an address of the screen means where it says nothing: the list as it is arranged, for Excel.
    pub fn of_screen() -> Self {
        Self { columns: Columns::List, form: Form::EXCEL, ..Self::default() }
    }

    /// Reads the decoded pairs of an address. What it does not say is as `otherwise` has it, whose list and part don't count.
    ///
    /// | pair | |
    /// | --- | --- |
    /// | `q`, `in`, `filter`, `sort` | as for the list |
    /// | `ids=1,2` | these profiles alone |
    /// | `except=1,2` | all but these |
    /// | `columns=NAME,EMAIL`, `all`, `list` | the fields; also `fields=`, and `column=` once for each |
    /// | `format`, `values`, `lang`, `zone`, `delimiter`, `encoding`, `line_end`, `guard` | see [`Form`] |
    ///
    /// # Errors
    /// Every choice that there is not, and too many profiles. Whether the pool has the fields is asked by
    /// [`fields`](Self::fields).
    pub fn from_pairs(pairs: &[(String, String)], otherwise: &Wish) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let named = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let part = match (named("ids"), named("except")) {
            (Some(ids), _) => ids_in(ids).map(Part::Only).map_err(|problem| ("ids", problem)),
            (None, Some(ids)) => {
                ids_in(ids).map(|ids| if ids.is_empty() { Part::All } else { Part::Except(ids) }).map_err(|problem| ("except", problem))
            }
            (None, None) => Ok(Part::All),
        };
        let part = part.unwrap_or_else(|(name, problem)| {
            invalid.push(name, problem);
            Part::All
        });
        let form = Form::from_pairs(pairs, otherwise.form).unwrap_or_else(|wrong| {
            invalid.problems.extend(wrong.problems);
            otherwise.form
        });
        let columns = columns(pairs).unwrap_or_else(|| otherwise.columns.clone());
        let list = ListQuery { page: 1, page_size: DEFAULT_PAGE_SIZE, ..ListQuery::from_pairs(pairs.iter().cloned()) };
        invalid.or(Self { part, list, columns, form })
    }

    /// Which profiles, as pairs of an address.
    pub fn which(&self) -> String {
        let mut out = self.list.to_query();
        let join = |ids: &[ProfileId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        match &self.part {
            Part::All => {}
            Part::Only(ids) => push(&mut out, "ids", &join(ids)),
            Part::Except(ids) => push(&mut out, "except", &join(ids)),
        }
        out
    }

    /// The address' part behind the question mark; it says everything, whatever is otherwise the case where it is read.
    pub fn to_query(&self) -> String {
        let mut out = self.which();
        for (name, value) in self.layout() {
            push(&mut out, &name, &value);
        }
        out
    }

    /// Which fields, and how they are written: what a kept layout says, whichever profiles there are.
    pub fn layout(&self) -> Vec<(String, String)> {
        let columns = match &self.columns {
            Columns::All => "all".to_owned(),
            Columns::List => "list".to_owned(),
            Columns::These(keys) => keys.join(","),
        };
        let form = self.form.pairs().into_iter().map(|(name, value)| (name.to_owned(), value));
        std::iter::once(("columns".to_owned(), columns)).chain(form).collect()
    }

    /// A kept layout as it holds today: fields that the pool has no more, or that its reader does not see, are left out. Where
    /// none of them is left it stays as it is, and they are named when it is used.
    pub fn of_layout(layout: &[(String, String)], pool: &Pool) -> Self {
        let mut wish = Self::from_pairs(layout, &Self::default()).unwrap_or_default();
        if let Columns::These(keys) = &mut wish.columns
            && keys.iter().any(|key| pool.field(key).is_some())
        {
            keys.retain(|key| pool.field(key).is_some());
        }
        wish
    }

    /// The fields of the file, each once. `layout` is how the reader has arranged the list.
    ///
    /// # Errors
    /// `UnknownField` for each that the pool does not have, or that its reader does not see.
    pub fn fields(&self, pool: &Pool, layout: Option<ListLayout>) -> Result<Vec<FieldDef>, Invalid> {
        let keys = match &self.columns {
            Columns::All => return Ok(pool.fields.clone()),
            Columns::List => {
                let layout = layout.unwrap_or_else(|| ListLayout::default_of(pool)).fitted(pool);
                // By the id a row finds its profile again when the file comes back, also where several people share an
                // address or have none.
                let id = Internal::ProfileId.key();
                let others = layout.columns.into_iter().map(|column| column.key);
                let mut keys: Vec<String> = others.collect();
                if !keys.iter().any(|key| key == id) && pool.field(id).is_some() {
                    keys.insert(0, id.to_owned());
                }
                keys
            }
            Columns::These(keys) => keys.clone(),
        };
        let mut invalid = Invalid::default();
        let mut fields: Vec<FieldDef> = Vec::with_capacity(keys.len());
        for key in keys {
            match pool.field(&key) {
                Some(field) if fields.iter().all(|other| other.id != field.id) => fields.push(field.clone()),
                Some(_) => {}
                None => invalid.push("columns", Problem::UnknownField { field: key }),
            }
        }
        if fields.is_empty() && invalid.problems.is_empty() {
            invalid.push("columns", Problem::Required);
        }
        invalid.or(fields)
    }
}

/// The columns that an address names, one by one or together; none if it names none.
fn columns(pairs: &[(String, String)]) -> Option<Columns> {
    let named: Vec<(&str, &str)> = pairs
        .iter()
        .filter(|(name, _)| matches!(name.as_str(), "columns" | "fields" | "column" | "column[]"))
        .map(|(name, value)| (name.as_str(), value.trim()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    // A button for all of them stands in the form with the boxes, which are sent along.
    let together = named.iter().rev().find_map(|pair| match pair {
        ("columns", "all") => Some(Columns::All),
        ("columns", "list") => Some(Columns::List),
        _ => None,
    });
    if named.is_empty() || together.is_some() {
        return together;
    }
    let mut keys: Vec<String> = Vec::new();
    for key in named.iter().flat_map(|(_, value)| value.split(',')).map(|key| key.trim().to_uppercase()) {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    Some(if keys.is_empty() { Columns::All } else { Columns::These(keys) })
}

/// The numbers of profiles, separated by commas; what can't be one names nobody.
fn ids_in(text: &str) -> Result<Vec<ProfileId>, Problem> {
    let ids: Vec<ProfileId> = text.split(',').filter_map(|id| id.trim().parse().ok()).collect();
    if ids.len() > MAX_IDS { Err(Problem::TooManyValues { max: MAX_IDS as u64 }) } else { Ok(ids) }
}

//! What the list and the panel are told: texts ready to be shown, so that the browser only draws.

use domain::id::{FieldId, PoolId, ProfileId};
use domain::layout::ListLayout;
use serde::{Deserialize, Serialize};

use super::sheet::Packed;

/// Everything the list page needs for its first picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListStart {
    pub pool: PoolHead,
    /// Every column that can be chosen, in the order of the pool's configuration.
    pub columns: Vec<ColumnHead>,
    pub layout: ListLayout,
    pub answer: ListAnswer,
    /// Hits in all.
    pub total: Option<u64>,
    /// What is open beside the list; none when it can't be found.
    pub sheet: Option<Packed>,
}

/// A pool as the head of its pages shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolHead {
    pub id: PoolId,
    pub name: String,
    /// Profiles that are not in the bin.
    pub n_profiles: u64,
    /// Raised by every change.
    pub revision: i64,
}

/// A column that can be shown, sorted by, searched in and filtered by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnHead {
    pub key: String,
    pub label: String,
    pub look: Look,
    /// Name of the category, as a heading in the choosers.
    pub category: String,
    /// Searched when nobody chose other fields.
    pub searched: bool,
    /// May be chosen for searching.
    pub searchable: bool,
    /// People may change its values.
    pub writable: bool,
    /// Values to choose from in a filter: what is compared, what is shown.
    pub choices: Vec<Choice>,
}

/// The columns under the names of their categories, in their order.
pub fn by_category(columns: &[ColumnHead]) -> Vec<(String, Vec<ColumnHead>)> {
    let mut groups: Vec<(String, Vec<ColumnHead>)> = Vec::new();
    for column in columns {
        match groups.iter_mut().find(|(label, _)| *label == column.category) {
            Some((_, group)) => group.push(column.clone()),
            None => groups.push((column.category.clone(), vec![column.clone()])),
        }
    }
    groups
}

/// A value of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub code: String,
    pub label: String,
}

/// How a column is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    Status,
    Name,
    Text,
    Mail,
    Number,
    Time,
    Tags,
}

/// One page of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListAnswer {
    /// Keys of the columns, in the order of each row's cells.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub page: u64,
    pub page_size: u64,
    /// Hits in all, when the store knows them without counting.
    pub total: Option<u64>,
    /// Time the store took, in microseconds.
    pub took: u64,
    /// The index of this order is being made: the answer was slower than later ones will be.
    pub building: bool,
}

/// A profile as a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub id: ProfileId,
    pub revision: i64,
    /// What a reader calls this profile: "Bergmann, Katharina".
    pub title: String,
    /// Its row in the table's body; empty where it stands in the document already.
    pub html: String,
}

/// How many profiles a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub total: u64,
    /// Time the store took, in microseconds.
    pub took: u64,
}

/// What an event from elsewhere changed in the rows on the screen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Refreshed {
    /// The rows that are still there, as they are now.
    pub rows: Vec<Row>,
    /// Profiles in the pool now.
    pub n_profiles: u64,
}

/// What was done to many profiles in one go, and can be undone in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    pub id: i64,
    /// How many profiles.
    pub n: u64,
    /// A field was changed; else they were deleted.
    pub edited: bool,
}

/// What became of a wish to change many profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bulked {
    Done(Batch),
    /// It takes longer: a job does it.
    Job,
}

/// What was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Profiles that are as they were.
    pub n: u64,
    /// Profiles that were changed or deleted since, and stay so.
    pub kept: u64,
}

/// A person who was found by name, for going there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub pool: PoolId,
    pub pool_name: String,
    pub id: ProfileId,
    /// What a reader calls this profile.
    pub title: String,
    pub email: String,
}

/// A profile in the bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinLine {
    pub id: ProfileId,
    pub title: String,
    pub email: String,
    pub deleted_at: String,
    pub deleted_by: String,
}

/// A deleted field of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldBinLine {
    pub id: FieldId,
    pub label: String,
    /// Its internal name.
    pub key: String,
    /// The type in words, and its picture.
    pub kind: String,
    pub icon: String,
    pub deleted_at: String,
    /// Until then it can be brought back.
    pub until: String,
}

/// A page of the bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinPage {
    pub pool: PoolHead,
    /// What is searched for.
    pub q: String,
    pub lines: Vec<BinLine>,
    pub page: u64,
    pub pages: u64,
    pub total: u64,
    /// The pool's deleted fields, all of them.
    pub fields: Vec<FieldBinLine>,
    /// The viewer may bring fields back.
    pub configures: bool,
}

//! What a column can become beside a single field: its parts go to several fields, or several columns go to one.
//!
//! In a mapping both are a word that stands where otherwise the field stands, so that it is kept, carried over to other files
//! and sent by forms like one: `split:name:FIRSTNAME,NAME`, `split:text:CITY,STATE:/`, `join:STREET: `. Fields have no colon
//! in their names.

use std::fmt;

mod layout;
mod offers;
mod split;
mod suits;

pub use layout::Layout;
pub use offers::{Offer, offers};
pub use suits::suits;

/// The most parts of a column.
pub const MAX_PARTS: usize = 10;

/// By what a column is split. What can't be split wholly is never cut: it stays together in the field that [`By::rest`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// A person's name: first and last name; title, first and last name; or salutation, title, first and last name. What
    /// has no field of its own stands in front of the last name.
    Name,
    /// A street and its number, where the number stands at the end.
    Street,
    /// A postcode and its town, where the postcode stands in front.
    Town,
    /// A text between the parts; what is left over stays with the last part.
    Text,
}

impl By {
    /// All of them.
    pub const ALL: [By; 4] = [By::Name, By::Street, By::Town, By::Text];

    /// The name in REST, on the command line and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            By::Name => "name",
            By::Street => "street",
            By::Town => "town",
            By::Text => "text",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// How many fields it can fill, at least and at most.
    pub const fn takes(self) -> (usize, usize) {
        match self {
            By::Name => (2, 4),
            By::Street | By::Town => (2, 2),
            By::Text => (2, MAX_PARTS),
        }
    }
}

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Goes {
    /// To one field.
    Field(String),
    /// Its parts to several.
    Split {
        /// By what it is split.
        by: By,
        /// The fields in the order of the parts. With [`By::Text`] an empty one leaves its part out.
        fields: Vec<String>,
        /// The text between the parts; only with [`By::Text`]. Spaces alone stand for any number of them.
        at: String,
    },
    /// Together with all columns that are joined to the same field, in the order of the file.
    Join {
        /// The field.
        field: String,
        /// The text between; that of the first column counts.
        with: String,
    },
}

impl Goes {
    /// What a word of a mapping says. What is neither a split nor a join is a field, whether there is one of this name or not.
    pub fn of(word: &str) -> Self {
        let parsed = match word.split_once(':') {
            None => None,
            Some(("split", rest)) => split_of(rest),
            Some(("join", rest)) => {
                let (field, with) = rest.split_once(':').unwrap_or((rest, " "));
                let with = if with.is_empty() { " " } else { with };
                (!field.is_empty()).then(|| Goes::Join { field: field.to_owned(), with: with.to_owned() })
            }
            Some(_) => None,
        };
        parsed.unwrap_or_else(|| Goes::Field(word.to_owned()))
    }

    /// The same as somebody typed it: spaces around fields don't count, nor does their case.
    pub fn typed(word: &str) -> Self {
        let key = |field: &String| field.trim().to_uppercase();
        match Self::of(word.trim_start()) {
            Goes::Field(field) => Goes::Field(key(&field)),
            Goes::Split { by, fields, at } => Goes::Split { by, fields: fields.iter().map(key).collect(), at },
            Goes::Join { field, with } => Goes::Join { field: key(&field), with },
        }
    }

    /// The fields that it fills.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let all = match self {
            Goes::Field(field) | Goes::Join { field, .. } => std::slice::from_ref(field),
            Goes::Split { fields, .. } => fields.as_slice(),
        };
        all.iter().map(String::as_str).filter(|field| !field.is_empty())
    }
}

fn split_of(rest: &str) -> Option<Goes> {
    let mut parts = rest.splitn(3, ':');
    let by = By::from_code(parts.next()?)?;
    let fields: Vec<String> = parts.next()?.split(',').map(str::to_owned).collect();
    let at = parts.next().unwrap_or_default();
    let (least, most) = by.takes();
    let named = fields.iter().filter(|field| !field.trim().is_empty()).count();
    let whole = (least..=most).contains(&fields.len()) && (by == By::Text && named > 0 || named == fields.len());
    let at = if by != By::Text {
        String::new()
    } else if at.is_empty() {
        " ".to_owned()
    } else {
        at.to_owned()
    };
    whole.then_some(Goes::Split { by, fields, at })
}

impl fmt::Display for Goes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goes::Field(field) => f.write_str(field),
            Goes::Split { by: By::Text, fields, at } => write!(f, "split:text:{}:{at}", fields.join(",")),
            Goes::Split { by, fields, .. } => write!(f, "split:{}:{}", by.code(), fields.join(",")),
            Goes::Join { field, with } => write!(f, "join:{field}:{with}"),
        }
    }
}

#[cfg(test)]
mod tests;

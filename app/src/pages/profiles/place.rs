//! Where a reader is within a pool: the list's address, taken apart and put together.

use domain::id::{PoolId, ProfileId};
use domain::list::{Filter, ListQuery, Op, Sort};
use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

/// The address of the profile list: what is listed, and what is open beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub query: ListQuery,
    /// The size stands in the address, so it wins over the remembered one.
    pub sized: bool,
    pub open: Open,
    /// The panel shows the form, where there is room for one of the two areas.
    pub edit: bool,
}

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    Nothing,
    Profile(ProfileId),
    New,
}

impl Place {
    /// Read an address. Nothing in it is an error: what can't be read is left out.
    pub fn of(map: &ParamsMap) -> Self {
        Self::from_pairs(map.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
    }

    /// Read what stands behind the question mark.
    pub fn parse(query: &str) -> Self {
        Self::from_pairs(pairs_of(query))
    }

    fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        let value = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        let open = match value("profile").and_then(|id| id.parse().ok()) {
            Some(id) => Open::Profile(id),
            None if value("new").is_some() => Open::New,
            None => Open::Nothing,
        };
        let (sized, edit, typed) = (value("page_size").is_some(), value("edit").is_some(), typed_filter(value));
        let mut query = ListQuery::from_pairs(pairs.into_iter());
        query.filters.extend(typed);
        Self { query, sized, open, edit }
    }

    /// The same list with something changed; a changed list starts on its first page.
    pub fn with(&self, change: impl FnOnce(&mut ListQuery)) -> Self {
        let mut place = self.clone();
        place.query.page = 1;
        change(&mut place.query);
        place
    }

    /// The same list with something else beside it.
    pub fn opening(&self, open: Open) -> Self {
        Self { open, edit: self.edit && open != Open::Nothing, ..self.clone() }
    }

    /// The same list with the panel's other area in front.
    pub fn area(&self, edit: bool) -> Self {
        Self { edit, ..self.clone() }
    }

    /// The list ordered by a field: a second time the other way round.
    pub fn sorted_by(&self, field: &str, descending: bool) -> Self {
        self.with(|query| query.sort = vec![Sort { field: field.to_owned(), descending }])
    }

    /// The address of this place in a pool.
    pub fn href(&self, pool: PoolId) -> String {
        let query = self.to_query();
        if query.is_empty() { format!("/pools/{pool}") } else { format!("/pools/{pool}?{query}") }
    }

    /// Everything behind the question mark.
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        let list = self.query.to_query();
        if !list.is_empty() {
            parts.push(list);
        }
        if self.sized && !parts.iter().any(|part| part.contains("page_size=")) {
            parts.push(format!("page_size={}", self.query.page_size));
        }
        match self.open {
            Open::Nothing => {}
            Open::Profile(id) => parts.push(format!("profile={id}")),
            Open::New => parts.push("new=1".to_owned()),
        }
        if self.edit && self.open != Open::Nothing {
            parts.push("edit=1".to_owned());
        }
        parts.join("&")
    }
}

/// A query string taken apart.
pub fn pairs_of(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| Url::unescape(&text.replace('+', " "));
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// A filter from the three controls of the filter form, which also works as a plain form.
fn typed_filter(value: impl Fn(&str) -> Option<String>) -> Option<Filter> {
    let field = value("filter_field").filter(|field| !field.is_empty())?;
    let op = Op::from_code(&value("filter_op")?)?;
    let value = value("filter_value").unwrap_or_default().trim().to_owned();
    (!op.needs_value() || !value.is_empty()).then(|| Filter { field, op, value: if op.needs_value() { value } else { String::new() } })
}

#[cfg(test)]
mod tests;

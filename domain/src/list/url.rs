//! A list query as the query part of a URL, and back.

use super::{DEFAULT_PAGE_SIZE, Filter, ListQuery, MAX_Q, Op, PAGE_SIZES, Sort, nearest_page_size};

/// The longest internal name that is looked at.
const MAX_KEY: usize = 64;
/// The most keys of an order; further ones could not change anything visible.
const MAX_SORTS: usize = 8;
/// The most filters.
const MAX_FILTERS: usize = 50;
/// No list has more pages; a later one means the last.
const MAX_PAGE: u64 = 1_000_000_000;
/// The most fields that are searched.
const MAX_SEARCH_IN: usize = 500;

impl ListQuery {
    /// Reads the decoded pairs of a URL's query part. Never fails: what is unknown is passed over, what is out of
    /// bounds becomes the nearest valid. Of a repeated name the last counts; of `in` and `filter` all do, as forms send
    /// them one by one.
    pub fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "q" => query.q = cut(value, MAX_Q),
                "in" => add_keys(&mut query.search_in, &value),
                "sort" => query.sort = sorts(&value),
                "page" => query.page = page(&value),
                "page_size" => query.page_size = page_size(&value),
                "filter" if query.filters.len() < MAX_FILTERS => query.filters.extend(filter(&value)),
                _ => {}
            }
        }
        query
    }

    /// The query part of the URL, without `?` and without what is the default anyway; may be empty.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        if !self.q.is_empty() {
            push(&mut out, "q", &self.q);
        }
        if !self.search_in.is_empty() {
            push(&mut out, "in", &self.search_in.join(","));
        }
        for filter in &self.filters {
            push(&mut out, "filter", &format!("{}:{}:{}", filter.field, filter.op.code(), filter.value));
        }
        if !self.sort.is_empty() && self.sort != Self::default_sort() {
            let keys: Vec<String> = self.sort.iter().map(Sort::to_string).collect();
            push(&mut out, "sort", &keys.join(","));
        }
        if self.page > 1 {
            push(&mut out, "page", &self.page.to_string());
        }
        if self.page_size != DEFAULT_PAGE_SIZE {
            push(&mut out, "page_size", &self.page_size.to_string());
        }
        out
    }
}

impl std::fmt::Display for Sort {
    /// `NAME` or `-NAME`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.field)
    }
}

fn cut(mut text: String, max: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(max) {
        text.truncate(end);
    }
    text
}

/// An internal name could be this; whether the pool has it is the store's question.
fn key(text: &str) -> Option<String> {
    let key = text.trim();
    let fits = !key.is_empty() && key.len() <= MAX_KEY && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then(|| key.to_ascii_uppercase())
}

fn add_keys(keys: &mut Vec<String>, text: &str) {
    for key in text.split(',').filter_map(key) {
        if keys.len() < MAX_SEARCH_IN && !keys.contains(&key) {
            keys.push(key);
        }
    }
}

fn sorts(text: &str) -> Vec<Sort> {
    let mut sorts: Vec<Sort> = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (descending, name) = part.strip_prefix('-').map_or((false, part), |name| (true, name));
        let Some(field) = key(name) else { continue };
        if sorts.len() < MAX_SORTS && !sorts.iter().any(|sort| sort.field == field) {
            sorts.push(Sort { field, descending });
        }
    }
    if sorts.is_empty() { ListQuery::default_sort() } else { sorts }
}

fn page(text: &str) -> u64 {
    let text = text.trim();
    match text.parse::<u64>() {
        Ok(asked) => asked.clamp(1, MAX_PAGE),
        Err(_) if is_number(text) => MAX_PAGE,
        Err(_) => 1,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn page_size(text: &str) -> u64 {
    let text = text.trim();
    match text.parse::<u64>() {
        Ok(asked) => nearest_page_size(asked),
        Err(_) if is_number(text) => PAGE_SIZES[PAGE_SIZES.len() - 1],
        Err(_) if text.parse::<i64>().is_ok() => PAGE_SIZES[0],
        Err(_) => DEFAULT_PAGE_SIZE,
    }
}

fn filter(text: &str) -> Option<Filter> {
    let mut parts = text.splitn(3, ':');
    let field = key(parts.next()?)?;
    let op = Op::from_code(parts.next()?)?;
    let typed = parts.next().filter(|_| op.needs_value()).unwrap_or_default();
    let value = cut(typed.chars().filter(|letter| !letter.is_control()).collect(), MAX_Q);
    Some(Filter { field, op, value })
}

/// Appends a pair; everything but letters, digits and `-_.~,:` is percent-encoded.
pub(crate) fn push(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(name);
    out.push('=');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~,:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

//! What the words of a file mean.

use std::collections::HashSet;

use super::fault::{Fault, Unreadable};
use super::node::{Node, What};
use super::{FORMAT, FileCategory, FileField, MAX_CATEGORIES, MAX_OPTIONS, PoolFile};
use crate::config::FIELD_LIMITS;
use crate::field::FieldKind;
use crate::pool::CategoryRole;
use crate::problem::Problem;
use crate::text::{clean_line, clean_lines, is_internal_name};

/// More are not told at once.
const MAX_FAULTS: usize = 20;

const FILE: &[&str] = &["format", "pool", "categories"];
const CATEGORY: &[&str] = &["role", "name", "fields"];
pub(super) const FIELD: &[&str] = &["key", "label", "kind", "required", "matching", "profiling", "tagging", "default", "help", "options"];

/// The layout that a file describes.
pub(super) fn pool_file(root: &Node) -> Result<PoolFile, Vec<Unreadable>> {
    let mut reader = Reader::default();
    let file = reader.file(root);
    if reader.faults.is_empty() { Ok(file) } else { Err(reader.faults) }
}

#[derive(Default)]
struct Reader {
    faults: Vec<Unreadable>,
    keys: HashSet<String>,
    categories: HashSet<String>,
}

impl Reader {
    fn fault(&mut self, line: usize, place: &str, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Unreadable { line, place: place.to_owned(), fault });
        }
    }

    fn file(&mut self, root: &Node) -> PoolFile {
        let mut file = PoolFile::default();
        let Some(pairs) = self.map(root, "", FILE) else { return file };
        match pairs.iter().find(|(name, _)| name == "format") {
            None => self.fault(root.line, "", Fault::Missing { name: "format: 1".to_owned() }),
            Some((_, node)) => match self.word(node, "format") {
                Some(found) if found.trim() != FORMAT.to_string() => self.fault(node.line, "format", Fault::OtherFormat { found }),
                _ => {}
            },
        }
        for (name, node) in pairs {
            match name.as_str() {
                "pool" => file.pool = self.text(node, "pool").filter(|name| !name.is_empty()),
                "categories" => {
                    let categories = self.list(node, "categories", MAX_CATEGORIES);
                    file.categories = categories.iter().enumerate().filter_map(|(n, one)| self.category(one, n + 1)).collect();
                }
                _ => {}
            }
        }
        if self.keys.len() > *FIELD_LIMITS.end() {
            self.fault(root.line, "categories", Fault::TooMany { max: *FIELD_LIMITS.end() as u64 });
        }
        file
    }

    fn category(&mut self, node: &Node, n: usize) -> Option<FileCategory> {
        let place = format!("categories[{n}]");
        let pairs = self.map(node, &place, CATEGORY)?;
        let mut category = FileCategory { role: CategoryRole::Custom, name: None, fields: Vec::new() };
        for (name, node) in pairs {
            let at = format!("{place}.{name}");
            match name.as_str() {
                "role" => category.role = self.role(node, &at)?,
                "name" => category.name = self.text(node, &at),
                "fields" => {
                    let fields = self.list(node, &at, *FIELD_LIMITS.end() + crate::field::Internal::ALL.len());
                    category.fields =
                        fields.iter().enumerate().filter_map(|(n, one)| self.field(one, &format!("{at}[{}]", n + 1))).collect();
                }
                _ => {}
            }
        }
        let name = category.name.clone().unwrap_or_default();
        let known_by = match category.role {
            CategoryRole::Custom if name.is_empty() => {
                self.fault(node.line, &place, Fault::Missing { name: "name".to_owned() });
                return None;
            }
            // No name that somebody types has a control character.
            CategoryRole::Custom => name.clone(),
            role => format!("\0{}", role.code()),
        };
        if name.chars().count() > crate::text::MAX_NAME {
            self.fault(node.line, &place, Fault::Wrong(Problem::TooLong { max: crate::text::MAX_NAME as u64 }));
        }
        if !self.categories.insert(known_by) {
            let what = if category.role == CategoryRole::Custom { name } else { category.role.code().to_owned() };
            self.fault(node.line, &place, Fault::Twice { what });
        }
        Some(category)
    }

    fn field(&mut self, node: &Node, place: &str) -> Option<FileField> {
        let pairs = self.map(node, place, FIELD)?;
        let Some(key) = pairs.iter().find(|(name, _)| name == "key").and_then(|(_, key)| self.text(key, &format!("{place}.key"))) else {
            self.fault(node.line, place, Fault::Missing { name: "key".to_owned() });
            return None;
        };
        if !is_internal_name(&key) {
            self.fault(node.line, &format!("{place}.key"), Fault::Wrong(Problem::NotAnInternalName));
        } else if !self.keys.insert(key.clone()) {
            self.fault(node.line, place, Fault::Twice { what: key.clone() });
        }
        let mut field = FileField::new(key);
        for (name, node) in pairs {
            let at = format!("{place}.{name} ({})", field.key);
            match name.as_str() {
                "label" => field.label = self.text(node, &at),
                "kind" => field.kind = self.kind(node, &at),
                "required" => field.required = self.truth(node, &at),
                "matching" => field.matching = self.truth(node, &at),
                "profiling" => field.profiling = self.truth(node, &at),
                "tagging" => field.tagging = self.truth(node, &at),
                "default" => field.default = self.word(node, &at).map(|text| clean_lines(&text)),
                "help" => field.help = self.word(node, &at).map(|text| clean_lines(&text)),
                "options" => field.options = Some(self.options(node, &at)),
                _ => {}
            }
        }
        Some(field)
    }

    fn options(&mut self, node: &Node, place: &str) -> Vec<String> {
        let mut known = HashSet::new();
        let mut options = Vec::new();
        for one in self.list(node, place, MAX_OPTIONS) {
            let Some(label) = self.text(one, place) else { continue };
            if !known.insert(label.clone()) {
                self.fault(one.line, place, Fault::Twice { what: label });
                continue;
            }
            if let Err(problem) = crate::text::Name::parse(&label) {
                self.fault(one.line, place, Fault::Wrong(problem));
                continue;
            }
            options.push(label);
        }
        options
    }

    fn role(&mut self, node: &Node, place: &str) -> Option<CategoryRole> {
        let found = self.text(node, place)?;
        let role = CategoryRole::from_code(&found);
        if role.is_none() {
            let known = CategoryRole::ALL.map(CategoryRole::code).join(", ");
            self.fault(node.line, place, Fault::UnknownWord { found, known });
        }
        role
    }

    fn kind(&mut self, node: &Node, place: &str) -> Option<FieldKind> {
        let found = self.text(node, place)?;
        let kind = FieldKind::from_code(&found);
        if kind.is_none() {
            let offered = FieldKind::ALL.into_iter().filter(|kind| kind.offered()).map(FieldKind::code);
            self.fault(node.line, place, Fault::UnknownWord { found, known: offered.collect::<Vec<_>>().join(", ") });
        }
        kind
    }

    fn truth(&mut self, node: &Node, place: &str) -> Option<bool> {
        match self.word(node, place)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" | "" => Some(false),
            _ => {
                self.fault(node.line, place, Fault::NotATruth);
                None
            }
        }
    }

    fn text(&mut self, node: &Node, place: &str) -> Option<String> {
        self.word(node, place).map(|text| clean_line(&text))
    }

    /// A word; `null` without quotes is an empty one.
    fn word(&mut self, node: &Node, place: &str) -> Option<String> {
        match &node.what {
            What::Word(word, false) if matches!(word.as_str(), "null" | "~" | "Null" | "NULL") => Some(String::new()),
            What::Word(word, _) => Some(word.clone()),
            _ => {
                self.fault(node.line, place, Fault::NotAWord);
                None
            }
        }
    }

    fn list<'a>(&mut self, node: &'a Node, place: &str, max: usize) -> &'a [Node] {
        match &node.what {
            What::List(items) if items.len() > max => {
                self.fault(node.line, place, Fault::TooMany { max: max as u64 });
                &[]
            }
            What::List(items) => items,
            What::Word(word, false) if word.is_empty() || word == "null" || word == "~" => &[],
            _ => {
                self.fault(node.line, place, Fault::NotAList);
                &[]
            }
        }
    }

    fn map<'a>(&mut self, node: &'a Node, place: &str, known: &[&str]) -> Option<&'a [(String, Node)]> {
        let What::Map(pairs) = &node.what else {
            self.fault(node.line, place, Fault::NotAMap);
            return None;
        };
        for (name, value) in pairs.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            self.fault(value.line, place, Fault::UnknownName { name: name.chars().take(80).collect(), known: known.join(", ") });
        }
        Some(pairs)
    }
}

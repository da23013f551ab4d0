//! What a workbook is made up of: its sheets, where its texts lie, and what its formats make of numbers.

use std::collections::HashMap;

use domain::import::Format;
use quick_xml::events::Event;

use crate::tabular::{
    TabularError,
    archive::Archive,
    input::{Disk, Input},
    number::Shape,
    xml_stream::{Events, attribute},
};

/// More formats than Excel allows (65 490).
const MAX_SHAPES: usize = 70_000;

/// A sheet of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Its file in the archive.
    pub(super) part: String,
}

pub(super) struct Book {
    pub(super) archive: Archive,
    /// Those that one sees first, then the hidden ones.
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Option<String>,
    /// What each format of cells makes of a number.
    pub(super) shapes: Vec<Shape>,
    pub(super) since_1904: bool,
}

/// What one part of the archive says of another.
struct Relation {
    kind: String,
    target: String,
}

const DAMAGED: TabularError = TabularError::Damaged(Format::Xlsx);

impl Book {
    pub(super) fn open(disk: &Disk) -> Result<Self, TabularError> {
        let mut archive = Archive::open(disk)?;
        let top = relations(&mut archive, disk, "")?;
        let main = top.values().find(|relation| relation.kind.ends_with("/officeDocument")).map(|relation| relation.target.clone());
        let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        if main.to_ascii_lowercase().ends_with(".bin") || archive.has("word/document.xml") || archive.has("ppt/presentation.xml") {
            return Err(TabularError::Unsupported);
        }
        let relations = relations(&mut archive, disk, &main)?;
        let mut book = Book { archive, sheets: Vec::new(), strings: None, shapes: Vec::new(), since_1904: false };
        book.read_sheets(disk, &main, &relations)?;
        book.strings = relations.values().find(|one| one.kind.ends_with("/sharedStrings")).map(|one| one.target.clone());
        if let Some(styles) = relations.values().find(|one| one.kind.ends_with("/styles")) {
            book.read_styles(disk, &styles.target)?;
        }
        if book.sheets.is_empty() { Err(TabularError::NoTable) } else { Ok(book) }
    }

    fn read_sheets(&mut self, disk: &Disk, main: &str, relations: &HashMap<String, Relation>) -> Result<(), TabularError> {
        let entry = self.archive.entry(main)?.ok_or(DAMAGED)?;
        let mut events = Events::new(Input::entry(disk, entry).stream(0)?, Format::Xlsx);
        let mut hidden = Vec::new();
        loop {
            match events.next()? {
                Event::Start(start) | Event::Empty(start) => match start.local_name().into_inner() {
                    "workbookPr" => self.since_1904 = attribute(&start, "date1904").is_some_and(|on| on == "1" || on == "true"),
                    "sheet" => {
                        let relation = attribute(&start, "id").and_then(|id| relations.get(&id));
                        let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet")) else { continue };
                        let name = attribute(&start, "name").unwrap_or_default().chars().take(200).collect();
                        let sheet = Sheet { name, part: relation.target.clone() };
                        if attribute(&start, "state").is_some_and(|state| state != "visible") {
                            hidden.push(sheet);
                        } else {
                            self.sheets.push(sheet);
                        }
                        if self.sheets.len() + hidden.len() > crate::tabular::limits::MAX_FILES {
                            return Err(TabularError::TooManyFiles);
                        }
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        self.sheets.append(&mut hidden);
        Ok(())
    }

    fn read_styles(&mut self, disk: &Disk, part: &str) -> Result<(), TabularError> {
        let Some(entry) = self.archive.entry(part)? else { return Ok(()) };
        let mut events = Events::new(Input::entry(disk, entry).stream(0)?, Format::Xlsx);
        let mut own: HashMap<u32, Shape> = HashMap::new();
        // The formats of cells; those of styles (`cellStyleXfs`) come before them.
        let mut of_cells = false;
        loop {
            match events.next()? {
                Event::Start(start) | Event::Empty(start) => match start.local_name().into_inner() {
                    "numFmt" if own.len() < MAX_SHAPES => {
                        let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")) {
                            own.insert(id, Shape::of(&code));
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells && self.shapes.len() < MAX_SHAPES => {
                        let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        self.shapes.push(own.get(&id).copied().unwrap_or(Shape::built_in(id)));
                    }
                    _ => {}
                },
                Event::End(end) if end.local_name().into_inner() == "cellXfs" => of_cells = false,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// What a part says of others, by their ids; of the archive as a whole where the part has no name.
fn relations(archive: &mut Archive, disk: &Disk, part: &str) -> Result<HashMap<String, Relation>, TabularError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let file = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let mut found = HashMap::new();
    let Some(entry) = archive.entry(&file)? else { return Ok(found) };
    let mut events = Events::new(Input::entry(disk, entry).stream(0)?, Format::Xlsx);
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().into_inner() == "Relationship" => {
                if found.len() > crate::tabular::limits::MAX_FILES {
                    return Err(TabularError::TooManyFiles);
                }
                let (Some(id), Some(kind), Some(target)) =
                    (attribute(&start, "Id"), attribute(&start, "Type"), attribute(&start, "Target"))
                else {
                    continue;
                };
                found.insert(id, Relation { kind, target: resolved(folder, &target) });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The name in the archive of what is named as seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/deep", "../../../a.xml"), "a.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}

//! The words of a file and how they hang together, each with its line. YAML 1.2 contains JSON, so one reader reads both;
//! what a word means (a number, a truth, a text) is said by the place where it stands, not by how it looks.

use granit_parser::{Event, Parser, ScalarStyle, options};

use super::fault::{Fault, Unreadable};

/// A file of these sizes is a mistake or meant badly; ours go four levels deep.
const MAX_DEPTH: usize = 16;

/// A part of a file.
#[derive(Debug)]
pub(super) struct Node {
    /// Where it begins, from 1.
    pub(super) line: usize,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// A word, and whether it stood in quotes.
    Word(String, bool),
    List(Vec<Node>),
    /// Names with their lines, in the order of the file, each once.
    Map(Vec<(String, Node)>),
}

/// Takes a text apart.
pub(super) fn read(text: &str) -> Result<Node, Unreadable> {
    let limits = options! { disallow_directives: true, flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH, emit_unresolved_aliases: true };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = Tree::default();
    for event in Parser::new_from_str_with_options(text, limits) {
        let (event, span) = event.map_err(|error| Unreadable::at(error.marker().line(), Fault::Syntax))?;
        tree.take(event, span.start.line())?;
    }
    tree.root.ok_or(Unreadable::at(1, Fault::Empty))
}

/// What is being put together: maps and lists that are open, and the name that waits for its value in each map.
#[derive(Default)]
struct Tree {
    open: Vec<(Node, Option<String>)>,
    root: Option<Node>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), Unreadable> {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => Err(Unreadable::at(line, Fault::Several)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(Unreadable::at(line, Fault::Reference)),
            Event::Scalar(_, _, anchor, ref tag) if anchor > 0 || tag.is_some() => Err(Unreadable::at(line, Fault::Reference)),
            Event::SequenceStart(_, anchor, ref tag) | Event::MappingStart(_, anchor, ref tag) if anchor > 0 || tag.is_some() => {
                Err(Unreadable::at(line, Fault::Reference))
            }
            Event::Scalar(word, style, ..) => self.put(Node { line, what: What::Word(word.into_owned(), style != ScalarStyle::Plain) }),
            Event::SequenceStart(..) => self.begin(Node { line, what: What::List(Vec::new()) }),
            Event::MappingStart(..) => self.begin(Node { line, what: What::Map(Vec::new()) }),
            Event::SequenceEnd | Event::MappingEnd => self.open.pop().map_or(Ok(()), |(node, _)| self.put(node)),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, node: Node) -> Result<(), Unreadable> {
        let names_next = self.open.last().is_some_and(|(parent, name)| matches!(parent.what, What::Map(_)) && name.is_none());
        if names_next || self.open.len() >= MAX_DEPTH {
            return Err(Unreadable::at(node.line, Fault::Syntax));
        }
        self.open.push((node, None));
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Unreadable> {
        let Some((parent, name)) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut parent.what {
            What::List(items) => items.push(node),
            What::Map(pairs) => match (name.take(), node) {
                (Some(key), node) => pairs.push((key, node)),
                (None, Node { what: What::Word(key, _), line }) => {
                    if pairs.iter().any(|(known, _)| *known == key) {
                        return Err(Unreadable::at(line, Fault::Twice { what: key }));
                    }
                    *name = Some(key);
                }
                (None, node) => return Err(Unreadable::at(node.line, Fault::Syntax)),
            },
            What::Word(..) => {}
        }
        Ok(())
    }
}

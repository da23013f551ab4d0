//! XML as a stream of events, none larger and none deeper than a server can bear, without declarations of entities.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use domain::import::Format;

use super::{
    TabularError,
    input::Stream,
    limits::{MAX_DEPTH, Pieces},
};

/// The events of a document in UTF-8.
pub(super) struct Events {
    reader: Reader<Pieces<Stream>>,
    buf: Vec<u8>,
    depth: usize,
    format: Format,
}

impl Events {
    /// `format`: what the file is called when it is damaged.
    pub(super) fn new(stream: Stream, format: Format) -> Self {
        let mut reader = Reader::from_reader(Pieces::new(stream));
        // A document is read for its cells; whether each end bears the name of its beginning changes none.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_dangling_amp = true;
        Events { reader, buf: Vec::new(), depth: 0, format }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'_>, TabularError> {
        self.buf.clear();
        self.reader.get_mut().begin();
        let format = self.format;
        let event = self.reader.read_event_into(&mut self.buf).map_err(|error| broken(error, format))?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(TabularError::TooDeep);
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(TabularError::Entities),
            _ => {}
        }
        Ok(event)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

fn broken(error: quick_xml::Error, format: Format) -> TabularError {
    match error {
        quick_xml::Error::Io(inner) => {
            // The error is shared; what says which limit it was lies inside.
            match inner.get_ref().and_then(|inner| inner.downcast_ref::<super::limits::Exceeded>()) {
                Some(exceeded) => exceeded.error().into(),
                None => match TabularError::from(std::io::Error::new(inner.kind(), inner.to_string())) {
                    TabularError::DamagedArchive => TabularError::Damaged(format),
                    other => other,
                },
            }
        }
        _ => TabularError::Damaged(format),
    }
}

/// Adds what an event says as text; other events say nothing. What no entity of XML is stays as it was written.
pub(super) fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(letter)) => into.push(letter),
            _ => match resolve_predefined_entity(name) {
                Some(text) => into.push_str(text),
                None => {
                    into.push('&');
                    into.push_str(name);
                    into.push(';');
                }
            },
        },
        _ => {}
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
    Some(match found.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.into_owned(),
    })
}

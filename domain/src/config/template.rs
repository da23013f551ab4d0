//! Layouts that a new pool can begin with.

#[cfg(feature = "files")]
use crate::lang::Lang;
use crate::lang::Text;

/// A layout that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// For those who get news by mail.
    Newsletter,
    /// For companies and the people there.
    B2b,
    /// For guests.
    Event,
}

impl Template {
    /// Every template, in the order of the form.
    pub const ALL: [Template; 3] = [Template::Newsletter, Template::B2b, Template::Event];

    /// The name in forms, addresses and REST.
    pub const fn code(self) -> &'static str {
        match self {
            Template::Newsletter => "newsletter",
            Template::B2b => "b2b",
            Template::Event => "event",
        }
    }

    /// The template with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.code() == code)
    }

    /// Its name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Template::Newsletter => Text::new("Newsletter", "Newsletter"),
            Template::B2b => Text::new("Geschäftskunden (B2B)", "Business customers (B2B)"),
            Template::Event => Text::new("Veranstaltung", "Event"),
        }
    }

    /// What it brings, in a sentence.
    pub const fn sentence(self) -> Text {
        match self {
            Template::Newsletter => Text::new(
                "Interessen, gewünschte Häufigkeit und woher die Anmeldung kam.",
                "Interests, how often they want to read, and where they signed up.",
            ),
            Template::B2b => Text::new(
                "Position, Branche, Unternehmensgröße, Stand des Kontakts und der nächste Termin.",
                "Position, industry, company size, lead status and the next contact.",
            ),
            Template::Event => Text::new(
                "Ticket, An- und Abreise, Verpflegung und Begleitung.",
                "Ticket, arrival and departure, food, and who comes along.",
            ),
        }
    }

    /// The layout itself, with its words in a language.
    #[cfg(feature = "files")]
    pub fn file(self, lang: Lang) -> super::file::PoolFile {
        let text = match (self, lang) {
            (Template::Newsletter, Lang::De) => include_str!("template/newsletter.de.yaml"),
            (Template::Newsletter, Lang::En) => include_str!("template/newsletter.en.yaml"),
            (Template::B2b, Lang::De) => include_str!("template/b2b.de.yaml"),
            (Template::B2b, Lang::En) => include_str!("template/b2b.en.yaml"),
            (Template::Event, Lang::De) => include_str!("template/event.de.yaml"),
            (Template::Event, Lang::En) => include_str!("template/event.en.yaml"),
        };
        super::file::PoolFile::read(text.as_bytes()).expect("each template is read by a test")
    }
}

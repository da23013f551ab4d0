//! The language of the page. It is the same from the first to the last word: switching it loads the page anew.

use domain::lang::Lang;

use crate::context;

/// The language in which the page is written.
pub fn use_lang() -> Lang {
    context::look().0
}

/// Names texts in both languages: `NAME = "deutsch", "English";`
macro_rules! words {
    ($($name:ident = $de:literal, $en:literal;)*) => {
        $(
            #[doc = $en]
            pub const $name: domain::lang::Text = domain::lang::Text::new($de, $en);
        )*
    };
}

pub(crate) use words;

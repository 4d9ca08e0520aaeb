//! The two languages in which results are told, and texts that exist in both.

use medtrain_macros::crosses;

/// A language in which results are told.
#[crosses]
#[derive(Copy, Hash)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The stable code: `zh` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of this code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        [Self::Zh, Self::En].into_iter().find(|lang| lang.code() == code)
    }

    /// The tag that documents carry: `zh-CN` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The one of two that is meant for this language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text<'a> {
    /// In Chinese.
    pub zh: &'a str,
    /// In English.
    pub en: &'a str,
}

impl<'a> Text<'a> {
    /// A text in both languages.
    #[must_use]
    pub const fn new(zh: &'a str, en: &'a str) -> Self {
        Self { zh, en }
    }

    /// The same words in both languages: a name, a title.
    #[must_use]
    pub const fn same(text: &'a str) -> Self {
        Self { zh: text, en: text }
    }

    /// The text in this language.
    #[must_use]
    pub fn to(self, lang: Lang) -> &'a str {
        lang.pick(self.zh, self.en)
    }
}

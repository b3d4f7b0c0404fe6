//! TOML that people write for Wyvern, read so that whatever is wrong is told with its place.

mod fields;

use std::ops::Range;

use thiserror::Error;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

pub(crate) use self::fields::{is_long, too_long};

/// A key with its place.
pub(crate) type Key<'a> = Spanned<DeString<'a>>;
/// A value with its place.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

/// What is wrong with a file. Its display is one sentence, fit for showing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("Line {line}, column {column}: {sentence}.")]
pub struct TomlError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there, without a capital and a full stop.
    pub sentence: String,
}

/// The text that is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlacedToml<'a> {
    text: &'a str,
}

impl<'a> PlacedToml<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The whole of it.
    pub(crate) fn root(&self) -> Result<Spanned<DeTable<'a>>, TomlError> {
        DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.wrong(at, format!("this is not TOML: {}", error.message()))
        })
    }

    /// A value that must be a table.
    pub(crate) fn table<'t, 'i>(
        &self,
        key: &Key<'_>,
        value: &'t Value<'i>,
    ) -> Result<&'t DeTable<'i>, TomlError> {
        let table = value.get_ref().as_table();
        table.ok_or_else(|| self.other_kind(key, value, "a table"))
    }

    /// A value that must be a text with something in it.
    pub(crate) fn filled(&self, key: &Key<'_>, value: &Value<'_>) -> Result<String, TomlError> {
        let text = self.string(key, value)?;
        if text.trim().is_empty() {
            let sentence = format!("{} is empty", shown(key.get_ref()));
            return Err(self.wrong(value.span().start, sentence));
        }
        Ok(text)
    }

    /// A value that must be a text.
    pub(crate) fn string(&self, key: &Key<'_>, value: &Value<'_>) -> Result<String, TomlError> {
        let text = value.get_ref().as_str().map(ToOwned::to_owned);
        text.ok_or_else(|| self.other_kind(key, value, "a string"))
    }

    /// A value of another kind than is wanted.
    pub(crate) fn other_kind(&self, key: &Key<'_>, value: &Value<'_>, wanted: &str) -> TomlError {
        let (key, found) = (shown(key.get_ref()), found(value.get_ref()));
        self.wrong(
            value.span().start,
            format!("{key} is {wanted}, not {found}"),
        )
    }

    /// A key that nothing is known of; `known` lists those that there are `within` the table.
    pub(crate) fn unknown(&self, key: &Key<'_>, within: &str, known: &str) -> TomlError {
        let key_shown = shown(key.get_ref());
        let sentence = format!("there is no {key_shown} {within}; what there is: {known}");
        self.wrong(key.span().start, sentence)
    }

    /// Something wrong at a byte of the text.
    pub(crate) fn wrong(&self, at: usize, sentence: impl Into<String>) -> TomlError {
        let (line, column) = self.place(at);
        TomlError {
            line,
            column,
            sentence: sentence.into(),
        }
    }

    /// Where a byte of a string's value stands in the text. Between them are the quotes, escapes, and
    /// ends of lines that do not count.
    pub(crate) fn within(&self, string: Range<usize>, at: usize) -> usize {
        let raw = self.text.get(string.clone()).unwrap_or_default();
        let quotes = ["\"\"\"", "'''", "\"", "'"];
        let quote = quotes.into_iter().find(|quote| raw.starts_with(quote));
        let quote = quote.unwrap_or_default();
        let mut rest = raw.get(quote.len()..).unwrap_or_default();
        if quote.len() == 3 {
            let line = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'));
            rest = line.unwrap_or(rest);
        }
        let mut read = 0;
        loop {
            let escape = rest.strip_prefix('\\').filter(|_| quote.starts_with('"'));
            let folded = escape.filter(|escape| escape.starts_with(char::is_whitespace));
            if let Some(folded) = folded {
                rest = folded.trim_start();
                continue;
            }
            let Some(sign) = rest.chars().next().filter(|_| read < at) else {
                return string.end - rest.len();
            };
            let (written, meant) = escape.map_or((sign.len_utf8(), sign.len_utf8()), escaped);
            read += meant;
            rest = rest.get(written..).unwrap_or_default();
        }
    }

    /// The line and the column of a byte of the text.
    pub(crate) fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or(before);
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// How many bytes an escape is written with, and how many it means; the backslash is read.
fn escaped(escape: &str) -> (usize, usize) {
    let digits = match escape.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        _ => return (2, 1),
    };
    let code = escape.get(1..=digits);
    let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
    let meant = code.and_then(char::from_u32);
    (2 + digits, meant.map_or(1, char::len_utf8))
}

/// The members of a table as the text has them.
pub(crate) fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Key<'i>, &'t Value<'i>)> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    members
}

/// A key as it would be written.
pub(crate) fn shown(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

/// What stands in the place of something else.
pub(crate) fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(_) => "an integer".to_owned(),
        DeValue::Array(_) => "an array".to_owned(),
        other => format!("a {}", other.type_str()),
    }
}

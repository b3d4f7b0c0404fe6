//! Why a text is not acceptable JSON, and where.

use thiserror::Error;

use super::pointer;
use super::scan::{DEPTH_MAX, TEXT_MAX, VALUES_MAX};

/// A refusal of a JSON text. Its display is one sentence, fit for showing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("Line {line}, column {column}: {fault}.")]
pub struct JsonError {
    /// The JSON pointer (RFC 6901) of the innermost value that was being read; empty for the
    /// whole text.
    pub pointer: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// No value at all.
    #[error("the text is empty")]
    Empty,
    /// U+FEFF in front.
    #[error("the text begins with a byte-order mark; save it as UTF-8 without one")]
    ByteOrderMark,
    /// Not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// Longer than [`TEXT_MAX`].
    #[error("the text is longer than {TEXT_MAX} bytes")]
    TooLong,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("arrays and objects are nested more than {DEPTH_MAX} deep")]
    TooDeep,
    /// More than [`VALUES_MAX`] values.
    #[error("there are more than {VALUES_MAX} values")]
    TooMany,
    /// The text stops inside a value.
    #[error("the text ends too early")]
    Unfinished,
    /// Something else stands where a value must.
    #[error("a value is expected here")]
    ValueExpected,
    /// Something else stands where an object's key must.
    #[error("a key in double quotes is expected here")]
    KeyExpected,
    /// No colon after a key.
    #[error("a colon is expected here")]
    ColonExpected,
    /// Neither a comma nor the closing bracket after an element.
    #[error("a comma or ] is expected here")]
    ArrayGoesOn,
    /// Neither a comma nor the closing brace after a member.
    #[error("a comma or }} is expected here")]
    ObjectGoesOn,
    /// A second value after the first.
    #[error("something follows after the end of the value")]
    Trailing,
    /// The same key twice in one object.
    #[error("this key occurs twice in one object")]
    DuplicateKey,
    /// A number that is not written as JSON has it.
    #[error("this number is not written as JSON requires")]
    Number,
    /// `NaN` or `Infinity`.
    #[error("NaN and Infinity are not JSON")]
    NotFinite,
    /// A raw control character in a string.
    #[error("a control character in a string must be escaped")]
    Control,
    /// A backslash before something unknown.
    #[error("this escape is not known to JSON")]
    Escape,
    /// `\ud800` to `\udfff` without its other half.
    #[error("this escape is half of a surrogate pair")]
    LoneSurrogate,
}

/// Where the scanner stopped. Boxed, because every step of the scanner may return one.
#[derive(Debug)]
pub(super) struct Stop(Box<Place>);

#[derive(Debug)]
struct Place {
    /// A byte offset.
    at: usize,
    fault: Fault,
    /// The keys and indexes that lead there, innermost first.
    path: Vec<String>,
}

impl Stop {
    pub(super) fn at(at: usize, fault: Fault) -> Self {
        let path = Vec::new();
        Self(Box::new(Place { at, fault, path }))
    }

    /// The same, found in the member or element `token` of a container.
    pub(super) fn inside(mut self, token: String) -> Self {
        self.0.path.push(token);
        self
    }

    /// Tells the offset as line and column, the path as a pointer.
    pub(super) fn explain(self, bytes: &[u8]) -> JsonError {
        let before = bytes.get(..self.0.at).unwrap_or(bytes);
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let this_line = before.get(line_start..).unwrap_or_default();
        JsonError {
            pointer: pointer::join(self.0.path.iter().rev()),
            line: 1 + count(before, |byte| byte == b'\n'),
            column: 1 + count(this_line, |byte| byte & 0xC0 != 0x80),
            fault: self.0.fault,
        }
    }
}

fn count(bytes: &[u8], pick: impl Fn(u8) -> bool) -> usize {
    bytes.iter().filter(|&&byte| pick(byte)).count()
}

/// The refusal of bytes that are not UTF-8.
pub(super) fn not_text(bytes: &[u8]) -> JsonError {
    let at = str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    Stop::at(at, Fault::NotUtf8).explain(bytes)
}

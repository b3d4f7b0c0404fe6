//! One value in a JSON text: what it is, what it says, what it contains.

use std::borrow::Cow;
use std::fmt;

use super::scan::Node;
use super::{Json, number, pointer};

/// The kinds of JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "JSON's own words")]
pub enum Kind {
    Null,
    Bool,
    Number,
    Text,
    Array,
    Object,
}

/// A value in a [`Json`]: a place in its text.
///
/// Two values are equal when they say the same: numbers by mathematical value (`1`, `1.0` and
/// `1e0` are equal, and `-0` is `0`; exponents of more than 18 digits are compared by their text),
/// strings by characters however they are escaped, arrays by order, objects whatever the order of
/// their keys.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    json: &'a Json,
    at: u32,
}

impl<'a> Value<'a> {
    pub(super) fn root(json: &'a Json) -> Self {
        Self { json, at: 0 }
    }

    fn at(self, at: u32) -> Self {
        Self { at, ..self }
    }

    fn node(self) -> Node {
        *(self.json.nodes)
            .get(self.at as usize)
            .expect("a value's place comes from its own index")
    }

    /// What kind of value this is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The value as it is written.
    #[must_use]
    pub fn raw(self) -> &'a str {
        let node = self.node();
        self.slice(node.start, node.end)
    }

    /// Where the value begins in the text, in bytes.
    #[must_use]
    pub fn offset(self) -> usize {
        self.node().start as usize
    }

    /// The value as a document of its own.
    #[must_use]
    pub fn to_json(self) -> Json {
        Json::parse(self.raw().to_owned()).expect("a value in a valid text is one")
    }

    /// The text from byte `start` to byte `end`.
    pub(super) fn slice(self, start: u32, end: u32) -> &'a str {
        (self.json.text())
            .get(start as usize..end as usize)
            .expect("the index points between the characters of its own text")
    }

    /// The bytes that the value takes in the text.
    pub(super) fn span(self) -> (u32, u32) {
        let node = self.node();
        (node.start, node.end)
    }

    /// A string's characters.
    #[must_use]
    pub fn as_text(self) -> Option<Cow<'a, str>> {
        let node = self.node();
        if node.kind != Kind::Text {
            None
        } else if node.escaped {
            // It cannot fail: the scanner has checked the escapes.
            serde_json::from_str(self.raw()).ok().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(self.slice(node.start + 1, node.end - 1)))
        }
    }

    /// A number as it is written.
    #[must_use]
    pub fn as_number(self) -> Option<&'a str> {
        (self.kind() == Kind::Number).then(|| self.raw())
    }

    /// A whole number, however it is written: equal values give the same.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        number::whole(self.as_number()?)
    }

    /// A truth value.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    /// An object's members in the order in which they are written; nothing for other kinds.
    pub fn members(self) -> impl Iterator<Item = (Value<'a>, Value<'a>)> {
        self.entries(Kind::Object)
            .map(|key| (key, key.at(key.at + 1)))
    }

    /// An array's elements; nothing for other kinds.
    pub fn elements(self) -> impl Iterator<Item = Value<'a>> {
        self.entries(Kind::Array)
    }

    /// What a container of either kind holds: an object's members with their keys, an array's
    /// elements without.
    pub(super) fn parts(self) -> impl Iterator<Item = (Option<Value<'a>>, Value<'a>)> {
        let elements = self.elements().map(|value| (None, value));
        let members = self.members().map(|(key, value)| (Some(key), value));
        elements.chain(members)
    }

    /// The entries that follow a container of this kind: an array's elements, an object's keys.
    fn entries(self, kind: Kind) -> impl Iterator<Item = Value<'a>> {
        let node = self.node();
        let end = if node.kind == kind { node.after } else { 0 };
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let part = (next < end).then(|| self.at(next))?;
            next = part.node().after;
            Some(part)
        })
    }

    /// The member of an object with this key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Value<'a>> {
        self.members()
            .find(|(name, _)| name.is_text(key))
            .map(|(_, value)| value)
    }

    /// Whether this is the string `text`.
    #[must_use]
    pub fn is_text(self, text: &str) -> bool {
        let node = self.node();
        if node.escaped {
            self.as_text().is_some_and(|own| own == text)
        } else {
            node.kind == Kind::Text
                && (node.end - node.start) as usize == text.len() + 2
                && self.slice(node.start + 1, node.end - 1) == text
        }
    }

    /// The value that a JSON pointer (RFC 6901) leads to from here.
    #[must_use]
    pub fn pointer(self, pointer: &str) -> Option<Value<'a>> {
        pointer::split(pointer)?.try_fold(self, |value, token| match value.kind() {
            Kind::Object => value.get(&token),
            Kind::Array => value.elements().nth(pointer::index(&token)?),
            _ => None,
        })
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.raw()).finish()
    }
}

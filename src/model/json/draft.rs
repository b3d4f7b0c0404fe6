//! A value under construction, whose parts may be borrowed from documents that have been read.

use std::borrow::Cow;

use super::value::{Kind, Value};
use super::{Json, JsonError, number, pointer};

/// A value that is being put together. What is taken over unchanged stays borrowed, and its
/// tokens keep their spelling.
#[derive(Debug, Clone)]
pub(crate) enum Draft<'a> {
    /// A value as a document has it.
    Kept(Value<'a>),
    /// An object: keys and values in order.
    Object(Vec<(Cow<'a, str>, Draft<'a>)>),
    /// An array.
    Array(Vec<Draft<'a>>),
    /// A JSON token: a string with its quotes, a number, `true`, `false` or `null`.
    Token(String),
}

impl<'a> Draft<'a> {
    /// A string.
    pub(crate) fn text(text: &str) -> Self {
        Self::Token(serde_json::Value::from(text).to_string())
    }

    /// A whole number.
    pub(crate) fn number(number: u64) -> Self {
        Self::Token(number.to_string())
    }

    /// A finite number, as JavaScript writes it.
    pub(crate) fn float(number: f64) -> Self {
        Self::Token(number::written(number))
    }

    /// A truth value.
    pub(crate) fn bool(truth: bool) -> Self {
        Self::Token(truth.to_string())
    }

    /// An object with these members.
    pub(crate) fn object<K: Into<Cow<'a, str>>>(
        members: impl IntoIterator<Item = (K, Self)>,
    ) -> Self {
        let members = members.into_iter().map(|(key, value)| (key.into(), value));
        Self::Object(members.collect())
    }

    /// Whether this is an object without members.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.members_mut().is_some_and(|members| members.is_empty())
    }

    /// The members, to change them; nothing when this is not an object.
    pub(crate) fn members_mut(&mut self) -> Option<&mut Vec<(Cow<'a, str>, Self)>> {
        if let Self::Kept(value) = *self
            && value.kind() == Kind::Object
        {
            let member = |(key, value): (Value<'a>, _)| Some((key.as_text()?, Self::Kept(value)));
            *self = Self::Object(value.members().filter_map(member).collect());
        }
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements, to change them; nothing when this is not an array.
    pub(crate) fn elements_mut(&mut self) -> Option<&mut Vec<Self>> {
        if let Self::Kept(value) = *self
            && value.kind() == Kind::Array
        {
            *self = Self::Array(value.elements().map(Self::Kept).collect());
        }
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The member with this key, to change it.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let mut members = self.members_mut()?.iter_mut();
        members
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The value that a JSON pointer (RFC 6901) leads to, to change it.
    pub(crate) fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        pointer::split(pointer)?.try_fold(self, |draft, token| {
            if draft.elements_mut().is_some() {
                let index = pointer::index(&token)?;
                draft.elements_mut()?.get_mut(index)
            } else {
                draft.get_mut(&token)
            }
        })
    }

    /// Gives an object's member this value; a new one comes last. Anything but an object stays as
    /// it is.
    pub(crate) fn set(&mut self, key: &str, value: Self) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Some(members) = self.members_mut() {
            members.push((Cow::Owned(key.to_owned()), value));
        }
    }

    /// Takes away an object's member.
    pub(crate) fn take(&mut self, key: &str) -> Option<Self> {
        let members = self.members_mut()?;
        let place = members.iter().position(|(name, _)| name == key)?;
        Some(members.remove(place).1)
    }

    /// Gives an object's member this value, or takes the member away.
    pub(crate) fn put(&mut self, key: &str, value: Option<Self>) {
        match value {
            Some(value) => self.set(key, value),
            None => drop(self.take(key)),
        }
    }

    /// The member with this key as an object, to change it: what is not there or of another kind
    /// becomes an empty one. Nothing when this is not an object itself.
    pub(crate) fn object_mut(&mut self, key: &str) -> Option<&mut Self> {
        let is_object = |member: &mut Self| member.members_mut().is_some();
        if !self.get_mut(key).is_some_and(is_object) {
            self.set(key, Self::Object(Vec::new()));
        }
        self.get_mut(key)
    }

    /// Takes away the element that a JSON pointer leads to. One that leads nowhere changes nothing.
    pub(crate) fn remove(&mut self, pointer: &str) {
        let Some((array, index)) = pointer.rsplit_once('/') else {
            return;
        };
        let elements = self.pointer_mut(array).and_then(Self::elements_mut);
        if let (Some(elements), Some(index)) = (elements, pointer::index(index))
            && index < elements.len()
        {
            elements.remove(index);
        }
    }

    /// The whole as a document of its own, without any layout.
    pub(crate) fn to_json(&self) -> Result<Json, JsonError> {
        let mut text = String::new();
        self.write(&mut text);
        Json::parse(text)
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Kept(value) => out.push_str(value.raw()),
            Self::Token(token) => out.push_str(token),
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    Self::text(key).write(out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

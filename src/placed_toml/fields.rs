//! The fields that the files of a team have in common. Each has its limits, and is told the same way
//! in every kind of file when it is wrong.

use toml::de::DeTable;

use super::{Key, PlacedToml, TomlError, Value, in_order};

/// How many characters a text may have.
const TEXT_MAX: usize = 4_000;
/// How many characters an identifier may have.
const IDENTIFIER_MAX: usize = 80;

type Read<T> = Result<T, TomlError>;

impl PlacedToml<'_> {
    /// Reads each table of an array, from its place. What is wrong with one leaves the others, and
    /// is told in the end.
    pub(crate) fn each(
        &self,
        key: &Key<'_>,
        value: &Value<'_>,
        mut read: impl FnMut(&DeTable<'_>, usize) -> Read<()>,
    ) -> Read<Vec<TomlError>> {
        let Some(values) = value.get_ref().as_array() else {
            let key_shown = key.get_ref();
            let sentence =
                format!("each {key_shown} begins with [[{key_shown}]], in double brackets");
            return Err(self.wrong(key.span().start, sentence));
        };
        let mut faults = Vec::new();
        for value in values {
            let table = self.table(key, value);
            let read = table.and_then(|table| read(table, value.span().start));
            faults.extend(read.err());
        }
        Ok(faults)
    }

    /// A table of these keys and no others; `within` says which table it is.
    pub(crate) fn only(&self, table: &DeTable<'_>, keys: &[&str], within: &str) -> Read<()> {
        let is_known = |key: &Key<'_>| keys.contains(&key.get_ref().as_ref());
        let members = in_order(table);
        match members.iter().find(|(key, _)| !is_known(key)) {
            Some((key, _)) => Err(self.unknown(key, within, &keys.join(", "))),
            None => Ok(()),
        }
    }

    /// A text that must be there, with something in it. The table stands at `at`; `whose` is what it
    /// describes.
    pub(crate) fn needed(
        &self,
        table: &DeTable<'_>,
        at: usize,
        key: &str,
        whose: &str,
    ) -> Read<String> {
        let text = self.optional(table, key)?;
        text.ok_or_else(|| self.wrong(at, format!("{whose} lacks its {key}")))
    }

    /// A text that may be missing, but not empty.
    pub(crate) fn optional(&self, table: &DeTable<'_>, key: &str) -> Read<Option<String>> {
        let found = table.get_key_value(key);
        found.map(|(key, value)| self.text(key, value)).transpose()
    }

    /// The texts of an array; none where there is no such member.
    pub(crate) fn texts(&self, table: &DeTable<'_>, key: &str) -> Read<Vec<String>> {
        let placed = self.placed_texts(table, key)?.into_iter();
        Ok(placed.map(|(text, _)| text).collect())
    }

    /// The same, each with its place.
    pub(crate) fn placed_texts(
        &self,
        table: &DeTable<'_>,
        key: &str,
    ) -> Read<Vec<(String, usize)>> {
        let Some((key, value)) = table.get_key_value(key) else {
            return Ok(Vec::new());
        };
        let Some(values) = value.get_ref().as_array() else {
            return Err(self.other_kind(key, value, "an array of strings"));
        };
        let text = |value: &Value<'_>| Ok((self.text(key, value)?, value.span().start));
        values.iter().map(text).collect()
    }

    fn text(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        let text = self.filled(key, value)?;
        if is_long(&text) {
            return Err(self.wrong(value.span().start, too_long()));
        }
        Ok(text)
    }

    /// A name of words in lower case that are joined by `-`.
    pub(crate) fn identifier(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        let text = self.filled(key, value)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.len() <= IDENTIFIER_MAX && text.chars().all(fits) {
            return Ok(text);
        }
        let sentence = format!(
            "{} has letters a to z, digits and \"-\", at most {IDENTIFIER_MAX} of them",
            key.get_ref()
        );
        Err(self.wrong(value.span().start, sentence))
    }
}

/// Whether a text is longer than one may be.
pub(crate) fn is_long(text: &str) -> bool {
    text.chars().count() > TEXT_MAX
}

/// What is wrong with a text that is too long.
pub(crate) fn too_long() -> String {
    format!("a text has at most {TEXT_MAX} characters")
}

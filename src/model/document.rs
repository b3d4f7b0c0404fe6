//! A threat model as the file that it is.

use std::borrow::Cow;

use bytes::Bytes;

use super::invalid::Invalid;
use super::json::{Draft, Json, Kind, Value};
use super::shape;

/// Which of Threat Dragon's two file formats a document is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Cells as `JointJS` draws them, in `diagramJson`.
    V1,
    /// Cells as X6 draws them, in `cells`.
    V2,
}

/// A threat model, kept as its text: whoever only reads it gives back the very same bytes. Cheap
/// to clone; equal when the content is, however it is spelled.
#[derive(Debug, Clone)]
pub struct Document {
    json: Json,
    generation: Generation,
}

impl Document {
    /// Reads a model of either generation. All dialects of Threat Dragon's files pass; unknown keys
    /// are kept.
    ///
    /// # Errors
    /// When the text is not acceptable JSON (see [`Json::parse`]) or not a threat model.
    pub fn parse(bytes: Bytes) -> Result<Self, Invalid> {
        Self::of(Json::parse(bytes)?)
    }

    /// Reads models that are members of an object, such as two that are to be compared.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), or when one is missing; pointers are those of the whole text.
    pub fn parse_members<const N: usize>(
        bytes: Bytes,
        keys: [&'static str; N],
    ) -> Result<[Self; N], Invalid> {
        let whole = Json::parse(bytes)?;
        let mut found = Vec::with_capacity(N);
        for key in keys {
            let missing = || Invalid::Shape {
                pointer: format!("/{key}"),
                expected: "a threat model",
            };
            found.push(Self::member(&whole, key)?.ok_or_else(missing)?);
        }
        Ok(found.try_into().expect("there is one for each key"))
    }

    /// Reads the model that is a member of an object, if there is one.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); pointers are those of the whole text.
    pub fn member(whole: &Json, key: &str) -> Result<Option<Self>, Invalid> {
        let Some(value) = whole.root().get(key) else {
            return Ok(None);
        };
        let text = whole.bytes().slice_ref(value.raw().as_bytes());
        let read = Self::parse(text).map_err(|invalid| invalid.inside(&format!("/{key}")));
        read.map(Some)
    }

    /// Reads the diagram of version 2 that is a member of an object, if there is one, as a model that
    /// has nothing else, not even a title but the diagram's.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); pointers are those of the whole text, lines and columns are not.
    pub fn of_diagram(whole: &Json, key: &str) -> Result<Option<Self>, Invalid> {
        let Some(value) = whole.root().get(key) else {
            return Ok(None);
        };
        let title = value
            .get("title")
            .filter(|title| title.kind() == Kind::Text);
        let title = title.map_or("\"\"", Value::raw);
        let text = format!(
            "{{\"version\":\"2.0\",\"summary\":{{\"title\":{title}}},\"detail\":{{\"diagrams\":[{}]}}}}",
            value.raw()
        );
        let read = Self::parse(text.into());
        let read = read.map_err(|invalid| invalid.moved("/detail/diagrams/0", &format!("/{key}")));
        read.map(Some)
    }

    /// Reads a model that has been read as JSON.
    ///
    /// # Errors
    /// When it is not a threat model.
    pub fn of(json: Json) -> Result<Self, Invalid> {
        let generation = shape::check(json.root())?;
        Ok(Self { json, generation })
    }

    /// Reads a document that has been put together.
    pub(super) fn of_draft(draft: &Draft<'_>) -> Result<Self, Invalid> {
        Self::of(draft.to_json()?)
    }

    /// The document's text in UTF-8.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.json.bytes()
    }

    /// The document's text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.json.text()
    }

    /// The document as JSON.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        self.json.root()
    }

    /// The file format it is in.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// The model's title.
    #[must_use]
    pub fn title(&self) -> Cow<'_, str> {
        let title = self.root().pointer("/summary/title");
        title.and_then(Value::as_text).unwrap_or_default()
    }

    /// How a new document is stored: one that has no line break between its tokens, as browsers
    /// send it, in Threat Dragon's layout (two spaces, LF, no newline at the end); any other byte
    /// for byte, and so one that the layout would make many times as long.
    #[must_use]
    pub fn formatted(self) -> Self {
        if self.json.has_lines() {
            return self;
        }
        let text = self.json.laid_out();
        text.and_then(Self::of_valid_text).unwrap_or(self)
    }

    /// The same values and tokens in Threat Dragon's layout, two spaces and LF, with or without a
    /// newline at the end as it is now. Nothing when that would be many times as long.
    #[must_use]
    pub fn laid_out(&self) -> Option<Self> {
        let mut text = self.json.laid_out()?;
        if self.bytes().ends_with(b"\n") {
            text.push('\n');
        }
        Self::of_valid_text(text)
    }

    /// How a changed document is stored: the content of `incoming` in the spelling of this one, so
    /// that a diff shows what was changed and nothing else. An `incoming` of equal content gives
    /// this very document; one that this spelling would make many times as long stays as it is.
    #[must_use]
    pub fn revised_by(&self, incoming: &Self) -> Self {
        if self.json == incoming.json {
            return self.clone();
        }
        let text = self.json.revised_by(&incoming.json);
        text.and_then(Self::of_valid_text)
            .unwrap_or_else(|| incoming.clone())
    }

    /// Reads what this module has written. It fails only when the text got longer than a JSON text
    /// may be.
    fn of_valid_text(text: String) -> Option<Self> {
        Self::parse(text.into()).ok()
    }
}

/// Equal by value: see [`Value`].
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

//! Templates: what models begin with, and parts that are put into them, in files of Threat Dragon.

use std::sync::LazyLock;

use bytes::Bytes;

use crate::model::json::{Json, JsonError, Kind, Value};
use crate::model::{Card, Document, Generation, Invalid};
use crate::placed_toml::{PlacedToml, is_long, too_long};
use crate::suggest::Fault;

/// How many tags a template may have.
const TAGS_MAX: usize = 50;
/// How many characters are told of a model's title or description, which have no limit of their own.
const TOLD_MAX: usize = 1_000;

/// A file of a template.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// Where it is from: a path in the repository.
    pub origin: String,
    /// What is in it, or what is wrong.
    pub read: Result<Template, Fault>,
}

/// A model or a part of one, to be used again.
#[derive(Debug, Clone)]
pub struct Template {
    /// What it is.
    pub kind: TemplateKind,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What a list shows of it.
    pub card: Card,
}

/// What a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// A whole model.
    Model,
    /// A diagram, to be put into a model.
    Diagram,
}

/// A template that comes with Wyvern.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// What is in it.
    pub template: Template,
    /// The model as the file has it.
    pub content: &'static str,
}

static BUILT_IN: LazyLock<[BuiltIn; 3]> = LazyLock::new(|| {
    let read = |(id, content): (&'static str, &'static str)| {
        let read = Template::read(Bytes::from_static(content.as_bytes()));
        let (template, _) = read.expect("a test reads the examples, which are part of the program");
        BuiltIn {
            id,
            template,
            content,
        }
    };
    FILES.map(read)
});

/// The browser app's examples, so that there is one set of them.
const FILES: [(&str, &str); 3] = [
    (
        "built-in/shop",
        include_str!("../../static/src/features/browse/examples/shop.json"),
    ),
    (
        "built-in/bank",
        include_str!("../../static/src/features/browse/examples/bank.json"),
    ),
    (
        "built-in/pipeline",
        include_str!("../../static/src/features/browse/examples/pipeline.json"),
    ),
];

/// The templates that come with Wyvern.
#[must_use]
pub fn built_in_templates() -> &'static [BuiltIn] {
    &*BUILT_IN
}

impl Template {
    /// Reads a file: a model of version 2, or one or a diagram of one in Threat Dragon's wrapper, with
    /// its metadata. Besides, the text of the model or the diagram as the file has it.
    ///
    /// # Errors
    /// What is wrong with it, with its place.
    pub fn read(bytes: Bytes) -> Result<(Self, Bytes), Fault> {
        let whole = Json::parse(bytes).map_err(|error| fault_of(&error))?;
        match whole.root().get("templateMetadata") {
            Some(metadata) => wrapped(&whole, metadata),
            None => plain(&whole),
        }
    }
}

fn plain(whole: &Json) -> Result<(Template, Bytes), Fault> {
    let document = Document::of(whole.clone()).map_err(|invalid| placed(whole, &invalid))?;
    only_version_2(whole, whole.root(), &document)?;
    let description = whole.root().pointer("/summary/description");
    let description = description.and_then(Value::as_text).unwrap_or_default();
    let template = Template {
        kind: TemplateKind::Model,
        name: told(&document.title()),
        description: told(&description),
        tags: Vec::new(),
        card: Card::of(&document),
    };
    Ok((template, document.bytes()))
}

fn wrapped(whole: &Json, metadata: Value<'_>) -> Result<(Template, Bytes), Fault> {
    let about = Metadata { whole, metadata };
    if metadata.kind() != Kind::Object {
        return Err(about.fault(metadata, "templateMetadata is an object"));
    }
    let root = whole.root();
    let (kind, content, document) = match (root.get("model"), root.get("diagram")) {
        (Some(model), None) => (TemplateKind::Model, model, Document::member(whole, "model")),
        (None, Some(diagram)) => {
            let cells = diagram.get("cells");
            if cells.is_none_or(|cells| cells.kind() != Kind::Array) {
                return Err(about.fault(diagram, "a diagram of version 2 has its cells"));
            }
            let document = Document::of_diagram(whole, "diagram");
            (TemplateKind::Diagram, diagram, document)
        }
        (None, None) => {
            let sentence = "beside its templateMetadata a template has a model or a diagram";
            return Err(about.fault(metadata, sentence));
        }
        (Some(_), Some(diagram)) => {
            let sentence = "a template has a model or a diagram, not both";
            return Err(about.fault(diagram, sentence));
        }
    };
    let document = document.map_err(|invalid| placed(whole, &invalid))?;
    let document = document.expect("it has just been found");
    only_version_2(whole, content, &document)?;
    let template = Template {
        kind,
        name: about.name()?,
        description: about.description()?,
        tags: about.tags()?,
        card: Card::of(&document),
    };
    Ok((template, whole.bytes().slice_ref(content.raw().as_bytes())))
}

fn only_version_2(whole: &Json, content: Value<'_>, document: &Document) -> Result<(), Fault> {
    match document.generation() {
        Generation::V2 => Ok(()),
        Generation::V1 => Err(at(
            whole,
            content.offset(),
            "a template is of version 2 of Threat Dragon's format, not of version 1",
        )),
    }
}

/// What a template says about itself.
struct Metadata<'a> {
    whole: &'a Json,
    metadata: Value<'a>,
}

impl Metadata<'_> {
    fn name(&self) -> Result<String, Fault> {
        let Some(name) = self.metadata.get("name") else {
            return Err(self.fault(self.metadata, "templateMetadata lacks its name"));
        };
        let text = self.text("name", name)?;
        if text.trim().is_empty() {
            return Err(self.fault(name, "name is empty"));
        }
        Ok(text)
    }

    fn description(&self) -> Result<String, Fault> {
        let description = self.metadata.get("description");
        let read = description.map(|description| self.text("description", description));
        Ok(read.transpose()?.unwrap_or_default())
    }

    fn tags(&self) -> Result<Vec<String>, Fault> {
        let Some(tags) = self.metadata.get("tags") else {
            return Ok(Vec::new());
        };
        if tags.kind() != Kind::Array {
            return Err(self.fault(tags, "tags is an array of strings"));
        }
        if tags.elements().nth(TAGS_MAX).is_some() {
            return Err(self.fault(tags, format!("a template has at most {TAGS_MAX} tags")));
        }
        tags.elements().map(|tag| self.text("a tag", tag)).collect()
    }

    fn text(&self, what: &str, value: Value<'_>) -> Result<String, Fault> {
        let Some(text) = value.as_text() else {
            return Err(self.fault(value, format!("{what} is a string")));
        };
        if is_long(&text) {
            return Err(self.fault(value, too_long()));
        }
        Ok(text.into_owned())
    }

    fn fault(&self, value: Value<'_>, sentence: impl Into<String>) -> Fault {
        at(self.whole, value.offset(), sentence)
    }
}

/// A text that has no limit, as far as it is told.
fn told(text: &str) -> String {
    match text.char_indices().nth(TOLD_MAX) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

fn fault_of(error: &JsonError) -> Fault {
    Fault {
        line: error.line,
        column: error.column,
        sentence: error.fault.to_string(),
    }
}

/// What is wrong with a model in a text, at the value itself, or where the innermost value begins in
/// which it is missing.
fn placed(whole: &Json, invalid: &Invalid) -> Fault {
    let mut pointer = invalid.pointer();
    let mut value = whole.root().pointer(pointer);
    while let (None, Some((above, _))) = (value, pointer.rsplit_once('/')) {
        pointer = above;
        value = whole.root().pointer(pointer);
    }
    let sentence = match invalid {
        Invalid::Json(error) => error.fault.to_string(),
        Invalid::Shape { pointer, expected } if pointer.is_empty() => {
            format!("a threat model has {expected} at the top")
        }
        Invalid::Shape { pointer, expected } => {
            format!("a threat model has {expected} at {pointer}")
        }
    };
    at(whole, value.map_or(0, Value::offset), sentence)
}

fn at(whole: &Json, offset: usize, sentence: impl Into<String>) -> Fault {
    PlacedToml::new(whole.text()).wrong(offset, sentence).into()
}

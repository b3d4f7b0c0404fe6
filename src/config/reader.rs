//! Reads settings out of a merged tree, gathering every fault instead of stopping at the first.

use std::fmt::{self, Write as _};

use config::{Map, Value, ValueKind};

/// Stands for a secret where settings are shown.
const HIDDEN: &str = "(secret)";

/// Something wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The setting's dotted key, or the variable's or file's name.
    pub key: String,
    /// What is wrong. Never holds a secret's value.
    pub wrong: String,
    /// How to mend it.
    pub mend: String,
}

impl Fault {
    pub(super) fn new(
        key: impl Into<String>,
        wrong: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            key: key.into(),
            wrong: wrong.into(),
            mend: mend.into(),
        }
    }
}

/// Everything wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (many, n) = (
            if self.0.len() == 1 { "fault" } else { "faults" },
            self.0.len(),
        );
        write!(f, "{n} {many} in the configuration:")?;
        self.0
            .iter()
            .try_for_each(|x| write!(f, "\n  {}: {}; {}", x.key, x.wrong, x.mend))
    }
}

/// Runs `parse` over the tree. Answers what it made and the settings as TOML, secrets left out.
pub(super) fn read<T>(
    tree: Map<String, Value>,
    parse: impl FnOnce(&mut Reader) -> T,
) -> Result<(T, String), Faults> {
    let mut reader = Reader {
        tree,
        faults: Vec::new(),
        shown: String::new(),
    };
    let parsed = parse(&mut reader);
    let unknown: Vec<_> = reader.tree.drain().map(|(section, _)| section).collect();
    for section in unknown {
        reader
            .faults
            .push(Fault::new(section, "unknown section", "remove it"));
    }
    reader.faults.sort_by(|a, b| a.key.cmp(&b.key));
    if reader.faults.is_empty() {
        Ok((parsed, reader.shown))
    } else {
        Err(Faults(reader.faults))
    }
}

/// The tree, what was read of it, and what was wrong.
pub(super) struct Reader {
    tree: Map<String, Value>,
    faults: Vec<Fault>,
    shown: String,
}

impl Reader {
    /// Reads one section. What `parse` does not take is an unknown key.
    pub(super) fn section<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&mut Section<'_>) -> T,
    ) -> T {
        let table = self.tree.remove(name).unwrap_or_default();
        let table = table.into_table().unwrap_or_else(|_| {
            self.faults
                .push(Fault::new(name, "not a section", format!("write [{name}]")));
            Map::new()
        });
        if !self.shown.is_empty() {
            self.shown.push('\n');
        }
        _ = writeln!(self.shown, "[{name}]");
        let mut section = Section {
            name,
            table,
            reader: self,
            known: Vec::new(),
        };
        let parsed = parse(&mut section);
        section.refuse_unknown();
        parsed
    }

    /// Adds a fault that is about several settings together.
    pub(super) fn fault(&mut self, key: &str, wrong: impl Into<String>, mend: impl Into<String>) {
        self.faults.push(Fault::new(key, wrong, mend));
    }
}

/// One section while it is read.
pub(super) struct Section<'a> {
    name: &'a str,
    table: Map<String, Value>,
    reader: &'a mut Reader,
    known: Vec<&'static str>,
}

impl Section<'_> {
    /// Reads one setting with `parse`; what it refuses is a fault, and `T`'s default stands in.
    /// Variables are text, so `parse` accepts text for every type.
    pub(super) fn take<T: Default>(
        &mut self,
        key: &'static str,
        mend: &str,
        parse: impl FnOnce(Value) -> Result<T, String>,
    ) -> T {
        self.known.push(key);
        let value = self.table.remove(key).unwrap_or_default();
        self.show(key, &value);
        parse(value).unwrap_or_else(|wrong| {
            self.fault(key, wrong, mend);
            T::default()
        })
    }

    /// Text, any.
    pub(super) fn text(&mut self, key: &'static str) -> String {
        self.take(key, "write text", |value| {
            value.into_string().map_err(|_| "not text".into())
        })
    }

    /// Text that `T` can be parsed from.
    pub(super) fn parsed<T: Default + std::str::FromStr>(
        &mut self,
        key: &'static str,
        mend: &str,
    ) -> T {
        self.take(key, mend, |value| {
            let text = value
                .into_string()
                .map_err(|_| "not a single value".to_owned())?;
            text.trim()
                .parse()
                .map_err(|_| format!("{text:?} cannot be read"))
        })
    }

    /// `true` or `false`, nothing else.
    pub(super) fn boolean(&mut self, key: &'static str) -> bool {
        self.parsed(key, "write true or false")
    }

    /// A list of texts, or one text with commas.
    pub(super) fn list(&mut self, key: &'static str) -> Vec<String> {
        self.take(key, "write a list of texts, or one text with commas", texts)
    }

    /// A list of secrets: as [`list`](Self::list), or the lines of the file that `<key>_file`
    /// names. They are not shown.
    pub(super) fn secrets(&mut self, key: &'static str, file_key: &'static str) -> Vec<String> {
        let secrets = match self.given_or_kept(key, file_key) {
            Some(Given::Here(value)) => texts(value).unwrap_or_else(|wrong| {
                self.fault(key, wrong, "write a list of texts");
                Vec::new()
            }),
            Some(Given::Kept(text)) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.map(ToOwned::to_owned).collect()
            }
            None => Vec::new(),
        };
        self.show(key, &Value::from(vec![HIDDEN.to_owned(); secrets.len()]));
        secrets
    }

    /// One secret, or what the file that `<key>_file` names holds. It is not shown.
    pub(super) fn secret(&mut self, key: &'static str, file_key: &'static str) -> String {
        let secret = match self.given_or_kept(key, file_key) {
            Some(Given::Here(value)) => value.into_string().unwrap_or_default(),
            Some(Given::Kept(text)) => text.trim().to_owned(),
            None => String::new(),
        };
        self.show(
            key,
            &Value::from(if secret.is_empty() { "" } else { HIDDEN }),
        );
        secret
    }

    /// What stands under `key`, or in the file that `file_key` names; both are a fault.
    fn given_or_kept(&mut self, key: &'static str, file_key: &'static str) -> Option<Given> {
        self.known.extend([key, file_key]);
        let given = self.table.remove(key).filter(|value| !is_empty(value));
        let file = self
            .table
            .remove(file_key)
            .and_then(|value| value.into_string().ok());
        let wrong = match (given, file) {
            (given, None) => return given.map(Given::Here),
            (Some(_), Some(_)) => format!("{file_key} is set too"),
            (None, Some(path)) => match std::fs::read_to_string(&path) {
                Ok(text) => return Some(Given::Kept(text)),
                Err(error) => format!("cannot read {path}: {error}"),
            },
        };
        self.fault(key, wrong, "give the secret in one of the two ways");
        None
    }

    /// The tables of a list, each read by `parse`. They are shown where TOML wants them, last in
    /// their section, so they must be read last.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&mut Section<'_>) -> T,
    ) -> Vec<T> {
        self.known.push(key);
        let values = self
            .table
            .remove(key)
            .unwrap_or_default()
            .into_array()
            .unwrap_or_default();
        if values.is_empty() {
            _ = writeln!(self.reader.shown, "{key} = []");
        }
        let mut tables = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            _ = writeln!(self.reader.shown, "[[{}.{key}]]", self.name);
            let name = format!("{}.{key}[{index}]", self.name);
            let table = value.into_table().unwrap_or_default();
            let mut section = Section {
                name: &name,
                table,
                reader: self.reader,
                known: Vec::new(),
            };
            tables.push(parse(&mut section));
            section.refuse_unknown();
        }
        tables
    }

    /// Adds a fault of one setting.
    pub(super) fn fault(&mut self, key: &str, wrong: impl Into<String>, mend: &str) {
        self.reader
            .fault(&format!("{}.{key}", self.name), wrong, mend);
    }

    fn show(&mut self, key: &str, value: &Value) {
        let shown = match &value.kind {
            ValueKind::String(text) => quoted(text),
            ValueKind::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| quoted(&item.to_string())).collect();
                format!("[{}]", items.join(", "))
            }
            other => other.to_string(),
        };
        _ = writeln!(self.reader.shown, "{key} = {shown}");
    }

    fn refuse_unknown(mut self) {
        let mut unknown: Vec<_> = std::mem::take(&mut self.table).into_keys().collect();
        unknown.sort();
        for key in unknown {
            let known = self.known.join(", ");
            self.fault(&key, "unknown key", &format!("the keys here are {known}"));
        }
    }
}

/// A string in TOML, which escapes as JSON does, and DEL besides.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{7f}', "\\u007f")
}

/// Where a secret comes from.
enum Given {
    /// The setting itself.
    Here(Value),
    /// The text of a file.
    Kept(String),
}

fn is_empty(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Array(items) => items.is_empty(),
        ValueKind::String(text) => text.is_empty(),
        ValueKind::Nil => true,
        _ => false,
    }
}

fn texts(value: Value) -> Result<Vec<String>, String> {
    match value.kind {
        ValueKind::String(text) => Ok(text
            .split(',')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(Into::into)
            .collect()),
        _ => value
            .into_array()
            .and_then(|items| items.into_iter().map(Value::into_string).collect())
            .map_err(|_| "not a list of texts".to_owned()),
    }
}

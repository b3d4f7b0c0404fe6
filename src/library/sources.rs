//! The packs of other repositories, each pinned by a tag: a team sees when what it builds upon changes.

use std::collections::HashMap;

use toml::de::DeTable;

use crate::placed_toml::{PlacedToml, TomlError, in_order};
use crate::suggest::Fault;

/// How many there may be: each is asked of its host whenever the packs are read.
const SOURCES_MAX: usize = 5;

/// The repositories that a team takes packs from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Those that are understood.
    pub list: Vec<Source>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// A repository at the same host, as a tag has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `owner/name`, as it is written.
    pub repository: String,
    /// The tag, as it is written.
    pub tag: String,
    line: usize,
}

impl Source {
    /// Something wrong with it.
    #[must_use]
    pub fn fault(&self, sentence: impl Into<String>) -> Fault {
        Fault {
            line: self.line,
            column: 1,
            sentence: sentence.into(),
        }
    }

    /// What stands before the paths of what it brings.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("{}@{}:", self.repository, self.tag)
    }
}

impl Sources {
    /// A file that cannot be read at all.
    #[must_use]
    pub fn unread(sentence: &str) -> Self {
        Self {
            list: Vec::new(),
            faults: vec![Fault::at_the_top(sentence)],
        }
    }

    /// Reads the file. What is wrong with one leaves the others.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut sources = Self::default();
        let toml = PlacedToml::new(text);
        let read = toml.root();
        let read = read.and_then(|root| sources.take(toml, root.get_ref()));
        sources.faults.extend(read.err().map(Fault::from));
        sources
    }

    fn take(&mut self, toml: PlacedToml<'_>, root: &DeTable<'_>) -> Result<(), TomlError> {
        let mut lines = HashMap::new();
        for (key, value) in in_order(root) {
            if key.get_ref() != "source" {
                let fault = toml.unknown(key, "among sources", "source");
                self.faults.push(fault.into());
                continue;
            }
            let faults = toml.each(key, value, |table, at| {
                let source = source(toml, table, at)?;
                if self.list.len() == SOURCES_MAX {
                    let sentence = format!("there are at most {SOURCES_MAX} sources");
                    return Err(toml.wrong(at, sentence));
                }
                if let Some(first) = lines.insert(source.repository.clone(), source.line) {
                    let sentence = format!("line {first} has this repository already");
                    return Err(toml.wrong(at, sentence));
                }
                self.list.push(source);
                Ok(())
            })?;
            self.faults.extend(faults.into_iter().map(Fault::from));
        }
        Ok(())
    }
}

fn source(toml: PlacedToml<'_>, table: &DeTable<'_>, at: usize) -> Result<Source, TomlError> {
    toml.only(table, &["repository", "tag"], "in [[source]]")?;
    let needed = |key| toml.needed(table, at, key, "a source");
    Ok(Source {
        repository: needed("repository")?,
        tag: needed("tag")?,
        line: toml.place(at).0,
    })
}

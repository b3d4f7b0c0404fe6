//! A pack: rules in a file, with whatever is wrong with them. What is wrong with one rule leaves the
//! others as they are.

mod fields;
mod read;

use std::collections::HashMap;

use crate::model::{Categories, Methodology, Severity};
use crate::placed_toml::TomlError;

use super::built_in;
use super::expression::Expression;

pub(crate) use self::fields::{categories, severity};

/// A file of rules.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Where it is from: a path in the repository, or `built-in`.
    pub origin: String,
    /// Those that are understood.
    pub rules: Vec<Rule>,
    /// Methodologies that it brings.
    pub methodologies: Vec<OwnMethodology>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// When which threat is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `<pack>/<rule>`: it names the rule in models, for good.
    pub id: String,
    /// Of what it holds.
    pub when: Expression,
    /// The threat's title.
    pub title: String,
    /// Why it is offered.
    pub because: String,
    /// What may happen.
    pub description: String,
    /// What helps.
    pub mitigation: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where more is said, such as `CWE-319` or `OAT-011`.
    pub references: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The category that it has in each methodology, by the methodology's word.
    pub categories: Vec<(String, String)>,
}

/// The methodologies whose category a Generic diagram takes: the first that a rule has one in.
const FOR_GENERIC: [Methodology; 4] = [
    Methodology::Stride,
    Methodology::Linddun,
    Methodology::Plot4ai,
    Methodology::Cia,
];

impl Rule {
    /// The category in a methodology; none where it is not offered.
    #[must_use]
    pub fn category(&self, methodology: &Methodology) -> Option<&str> {
        let named = |word: &str| {
            let mut categories = self.categories.iter();
            categories.find_map(|(name, category)| (name == word).then_some(category.as_str()))
        };
        match methodology {
            Methodology::Generic => FOR_GENERIC.iter().find_map(|each| named(each.as_str())),
            _ => named(methodology.as_str()),
        }
    }
}

/// A methodology that a team has defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnMethodology {
    /// The word that diagrams have for it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its categories.
    pub categories: Categories,
}

/// What is wrong with a pack, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// A sentence without a capital and a full stop.
    pub sentence: String,
}

impl Fault {
    /// What is wrong with the whole file.
    pub(crate) fn at_the_top(sentence: impl Into<String>) -> Self {
        Self {
            line: 1,
            column: 1,
            sentence: sentence.into(),
        }
    }
}

impl From<TomlError> for Fault {
    fn from(error: TomlError) -> Self {
        Self {
            line: error.line,
            column: error.column,
            sentence: error.sentence,
        }
    }
}

impl Pack {
    /// A file that cannot be read at all.
    #[must_use]
    pub fn unread(origin: &str, sentence: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            rules: Vec::new(),
            methodologies: Vec::new(),
            faults: vec![Fault::at_the_top(sentence)],
        }
    }

    /// Reads a file of a repository, by its path there. It always gives a pack: what is not
    /// understood is among its faults.
    #[must_use]
    pub fn read(origin: &str, text: &str) -> Self {
        let mut pack = read::read(origin, text);
        let own = format!("{}/", built_in::NAME);
        if pack.rules.iter().any(|rule| rule.id.starts_with(&own)) {
            pack.rules.clear();
            let sentence = format!(
                "the pack {} is Wyvern's own: choose another name",
                built_in::NAME
            );
            pack.faults.push(Fault::at_the_top(sentence));
        }
        pack
    }

    pub(super) fn read_built_in(text: &str) -> Self {
        read::read(built_in::ORIGIN, text)
    }
}

/// Leaves each rule in the first pack that has it: an id names one rule.
pub fn without_twins(packs: &mut [Pack]) {
    let mut known: HashMap<String, String> = HashMap::new();
    for pack in packs {
        let origin = pack.origin.clone();
        let mut faults = Vec::new();
        pack.rules.retain(|rule| {
            let Some(first) = known.get(&rule.id) else {
                known.insert(rule.id.clone(), origin.clone());
                return true;
            };
            let sentence = format!("the rule {} is in {first} already", rule.id);
            faults.push(Fault::at_the_top(sentence));
            false
        });
        pack.faults.append(&mut faults);
    }
}

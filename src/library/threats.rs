//! A library: threats that a team knows, and what it does about them, in a file.

use crate::model::Severity;
use crate::suggest::{Fault, NAME, OwnMethodology};

use super::read;

/// A file of threats and mitigations.
#[derive(Debug, Clone)]
pub struct Library {
    /// Where it is from: a path in the repository.
    pub origin: String,
    /// The threats that are understood.
    pub threats: Vec<KnownThreat>,
    /// The mitigations that are understood.
    pub mitigations: Vec<Mitigation>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// A threat that can be taken into a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownThreat {
    /// `<library>/<threat>`: it names the threat in models, for good.
    pub id: String,
    /// The threat's title.
    pub title: String,
    /// What may happen.
    pub description: String,
    /// What helps: its own text, then the mitigations that it names.
    pub mitigation: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where more is said, such as `CWE-345`.
    pub references: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The category that it has in each methodology, by the methodology's word.
    pub categories: Vec<(String, String)>,
    /// The line where it begins.
    pub(super) line: usize,
}

/// Something that helps against threats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mitigation {
    /// `<library>/<mitigation>`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is to be done.
    pub description: String,
    /// Where more is said, such as `ASVS-4.1.5`.
    pub references: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The line where it begins.
    pub(super) line: usize,
}

impl KnownThreat {
    /// How long what is put into a model is, in bytes.
    pub(super) fn size(&self) -> usize {
        self.title.len() + self.description.len() + self.mitigation.len()
    }
}

impl Library {
    /// How long its threats are, in bytes, with the mitigations that they name.
    #[must_use]
    pub fn size(&self) -> usize {
        self.threats.iter().map(KnownThreat::size).sum()
    }

    /// A file that cannot be read at all.
    #[must_use]
    pub fn unread(origin: &str, sentence: &str) -> Self {
        Self {
            faults: vec![Fault::at_the_top(sentence)],
            ..Self::empty(origin)
        }
    }

    pub(super) fn empty(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            threats: Vec::new(),
            mitigations: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Reads a file of a repository, by its path there. It always gives a library: what is not
    /// understood is among its faults. Its threats may have categories of `own` methodologies, which
    /// the repository's rules bring.
    #[must_use]
    pub fn read(origin: &str, text: &str, own: &[OwnMethodology]) -> Self {
        let mut library = read::read(origin, text, own);
        let prefix = format!("{NAME}/");
        let ids = library.threats.iter().map(|threat| &threat.id);
        let mut ids = ids.chain(library.mitigations.iter().map(|each| &each.id));
        if ids.any(|id| id.starts_with(&prefix)) {
            library.threats.clear();
            library.mitigations.clear();
            let sentence = format!("the library {NAME} is Wyvern's own: choose another name");
            library.faults.push(Fault::at_the_top(sentence));
        }
        library
    }
}

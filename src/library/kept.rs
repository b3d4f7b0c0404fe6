//! All that `.wyvern` of a repository brings, together with what its sources bring.

use std::collections::{HashMap, HashSet};

use crate::model::Severity;
use crate::suggest::{Fault, OwnMethodology, Pack, without_twins};

use super::version::version;
use super::{KnownThreat, Library, Mitigation, SOURCES, Sources, TemplateFile};

/// What `.wyvern` brings. What nobody asked for is empty.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Packs of rules.
    pub packs: Vec<Pack>,
    /// Libraries of threats and mitigations.
    pub libraries: Vec<Library>,
    /// Templates.
    pub templates: Vec<TemplateFile>,
    /// The packs of other repositories, which are in the lists above once they are joined.
    pub sources: Sources,
}

/// Something wrong in a file.
#[derive(Debug, Clone, Copy)]
pub struct PlacedFault<'a> {
    /// The file, as its origin is told.
    pub file: &'a str,
    /// What it is, and where in the file.
    pub fault: &'a Fault,
}

/// A threat that can be taken into a model: of a library, or a rule's without its condition.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// It names the threat in models, for good.
    pub id: &'a str,
    /// Where it is from.
    pub origin: &'a str,
    /// The title.
    pub title: &'a str,
    /// What may happen.
    pub description: &'a str,
    /// What helps.
    pub mitigation: &'a str,
    /// How bad it is.
    pub severity: &'a Severity,
    /// Where more is said.
    pub references: &'a [String],
    /// Words to find it by.
    pub tags: &'a [String],
    /// The category in each methodology.
    pub categories: &'a [(String, String)],
}

impl Entry<'_> {
    /// Its version: another one when anything is different that is put into a model.
    #[must_use]
    pub fn version(&self) -> String {
        let severity = self.severity.as_str();
        version([self.title, self.description, self.mitigation, severity])
    }
}

/// What a repository brings, and behind it what its sources bring, in their order. Of two things
/// with one id the first is kept, and the other is a fault of its file.
#[must_use]
pub fn join(own: Kept, sources: impl IntoIterator<Item = Kept>) -> Kept {
    let mut whole = own;
    // How many packs there are up to the end of the repository that each library is from.
    let mut before = vec![whole.packs.len(); whole.libraries.len()];
    for source in sources {
        whole.packs.extend(source.packs);
        before.resize(before.len() + source.libraries.len(), whole.packs.len());
        whole.libraries.extend(source.libraries);
        whole.templates.extend(source.templates);
    }
    without_twins(&mut whole.packs);
    let mut known = Known::default();
    for (library, packs) in whole.libraries.iter_mut().zip(before) {
        known.take_rules(&whole.packs, packs);
        known.take_library(library);
    }
    whole
}

/// The ids that have been taken, and where they were.
#[derive(Default)]
struct Known {
    packs: usize,
    threats: HashMap<String, String>,
    mitigations: HashMap<String, String>,
}

impl Known {
    /// Takes the ids of the rules of the first packs, as far as they have not been taken yet.
    fn take_rules(&mut self, packs: &[Pack], up_to: usize) {
        for pack in packs.iter().take(up_to).skip(self.packs) {
            for rule in &pack.rules {
                let origin = || pack.origin.clone();
                self.threats.entry(rule.id.clone()).or_insert_with(origin);
            }
        }
        self.packs = up_to;
    }

    fn take_library(&mut self, library: &mut Library) {
        let Library {
            origin,
            threats,
            mitigations,
            faults,
        } = library;
        let mut free = |known: &mut HashMap<String, String>, what: &str, id: &str, line| {
            let Some(first) = known.get(id) else {
                known.insert(id.to_owned(), origin.clone());
                return true;
            };
            faults.push(Fault {
                line,
                column: 1,
                sentence: format!("the {what} {id} is in {first} already"),
            });
            false
        };
        threats.retain(|each| free(&mut self.threats, "threat", &each.id, each.line));
        mitigations.retain(|each| free(&mut self.mitigations, "mitigation", &each.id, each.line));
    }
}

impl Kept {
    /// The threats that can be taken: those of the libraries, then those of the rules; `built_in` are
    /// rules that every repository has.
    pub fn entries<'a>(&'a self, built_in: &'a [Pack]) -> impl Iterator<Item = Entry<'a>> {
        let threats = self.libraries.iter().flat_map(|library| {
            let threats = library.threats.iter();
            threats.map(|threat| of_library(threat, &library.origin))
        });
        // A rule of a source may have the id of a threat of the repository's own.
        let known: HashSet<&str> = threats.clone().map(|entry| entry.id).collect();
        let packs = built_in.iter().chain(&self.packs);
        let rules = packs.flat_map(of_pack);
        threats.chain(rules.filter(move |entry| !known.contains(entry.id)))
    }

    /// The mitigations, each with where it is from.
    pub fn mitigations(&self) -> impl Iterator<Item = (&str, &Mitigation)> {
        self.libraries.iter().flat_map(|library| {
            let mitigations = library.mitigations.iter();
            mitigations.map(|each| (library.origin.as_str(), each))
        })
    }

    /// The methodologies of the packs, each with where it is from: of two with one id the first, as
    /// the categories of rules mean it.
    pub fn methodologies(&self) -> impl Iterator<Item = (&str, &OwnMethodology)> {
        let mut known = HashSet::new();
        let all = self.packs.iter().flat_map(|pack| {
            let methodologies = pack.methodologies.iter();
            methodologies.map(|each| (pack.origin.as_str(), each))
        });
        all.filter(move |(_, each)| known.insert(each.id.as_str()))
    }

    /// What is wrong: with the packs, the libraries, the templates and the sources.
    pub fn faults(&self) -> impl Iterator<Item = PlacedFault<'_>> {
        let packs = self.packs.iter().map(|pack| (&pack.origin, &pack.faults));
        let libraries = self.libraries.iter();
        let libraries = libraries.map(|library| (&library.origin, &library.faults));
        let files = packs.chain(libraries).flat_map(|(origin, faults)| {
            let file = origin.as_str();
            faults.iter().map(move |fault| PlacedFault { file, fault })
        });
        let templates = self.templates.iter().filter_map(|file| {
            let fault = file.read.as_ref().err()?;
            let file = file.origin.as_str();
            Some(PlacedFault { file, fault })
        });
        let sources = self.sources.faults.iter().map(|fault| PlacedFault {
            file: SOURCES,
            fault,
        });
        files.chain(templates).chain(sources)
    }
}

fn of_library<'a>(threat: &'a KnownThreat, origin: &'a str) -> Entry<'a> {
    Entry {
        id: &threat.id,
        origin,
        title: &threat.title,
        description: &threat.description,
        mitigation: &threat.mitigation,
        severity: &threat.severity,
        references: &threat.references,
        tags: &threat.tags,
        categories: &threat.categories,
    }
}

fn of_pack(pack: &Pack) -> impl Iterator<Item = Entry<'_>> {
    pack.rules.iter().map(|rule| Entry {
        id: &rule.id,
        origin: &pack.origin,
        title: &rule.title,
        description: &rule.description,
        mitigation: &rule.mitigation,
        severity: &rule.severity,
        references: &rule.references,
        tags: &rule.tags,
        categories: &rule.categories,
    })
}

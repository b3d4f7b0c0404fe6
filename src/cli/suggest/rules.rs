//! Which rules are asked about which model.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::files::{Candidate, folder_of, repository_top};
use crate::cli::packs::{self, PackFault};
use crate::cli::shown::shown_path;
use crate::library::SOURCES;
use crate::suggest::{Pack, built_in};

/// The rules for all models.
pub(super) struct Rules {
    /// Besides those that come with Wyvern, by the top of the model's repository.
    packs: HashMap<PathBuf, Vec<Pack>>,
    /// What is wrong with packs; the rest of them is asked.
    pub(super) faults: Vec<PackFault>,
    /// Whether a repository takes packs from others, which are not asked.
    pub(super) has_sources: bool,
}

impl Rules {
    /// Reads the packs that were named, and for each model those of its repository. A path that names
    /// nothing is told.
    pub(super) fn of(named: &[PathBuf], candidates: &[Candidate]) -> Result<Self, String> {
        let mut given = Vec::new();
        for path in named {
            let found = packs::named(path);
            given.extend(found.map_err(|error| format!("{}: {error}", shown_path(path)))?);
        }
        let mut rules = Self {
            packs: HashMap::new(),
            faults: Vec::new(),
            has_sources: false,
        };
        for top in candidates.iter().map(top_of) {
            if rules.packs.contains_key(&top) {
                continue;
            }
            rules.has_sources |= fs::symlink_metadata(top.join(SOURCES)).is_ok();
            let own = packs::of_repository(&top);
            let unread = own.as_ref().err().map(|error| {
                let origin = shown_path(Path::new(".wyvern/rules"));
                Pack::unread(&origin, &error.to_string())
            });
            let files = [own.unwrap_or_default(), given.clone()].concat();
            let mut packs = packs::read(&files);
            packs.extend(unread);
            for fault in packs::faults(&packs) {
                // What was named is read for each repository.
                if !rules.faults.contains(&fault) {
                    rules.faults.push(fault);
                }
            }
            rules.packs.insert(top, packs);
        }
        Ok(rules)
    }

    /// Those that are asked about a model.
    pub(super) fn of_model(&self, candidate: &Candidate) -> Vec<&Pack> {
        let own = self.packs.get(&top_of(candidate));
        built_in().iter().chain(own.into_iter().flatten()).collect()
    }

    /// Whether there is a rule with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        let own = self.packs.values().flatten();
        let mut rules = built_in().iter().chain(own).flat_map(|pack| &pack.rules);
        rules.any(|rule| rule.id == id)
    }
}

/// The top of the repository that a model is in; where it is in none, the folder that was named.
fn top_of(candidate: &Candidate) -> PathBuf {
    let folder = folder_of(&candidate.path);
    let folder = fs::canonicalize(&folder).unwrap_or(folder);
    match repository_top(&folder) {
        Some(top) => top.to_owned(),
        None => fs::canonicalize(&candidate.root).unwrap_or(folder),
    }
}

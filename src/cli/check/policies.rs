//! Which policy holds for which model.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use thiserror::Error;

use crate::cli::files::{Candidate, folder_of, read_text, repository_top};
use crate::cli::shown::{shown, shown_path};
use crate::model::Policy;

const FILE_NAME: &str = ".wyvern.toml";

/// Why there is no policy. Its display is a line that begins with the file's place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{0}")]
pub(super) struct PolicyFault(String);

type Answer = Result<Arc<Policy>, PolicyFault>;

/// The policies that have been read, by folder.
pub(super) struct Policies {
    /// The one that holds for all.
    given: Option<Arc<Policy>>,
    known: Mutex<HashMap<PathBuf, Answer>>,
}

impl Policies {
    /// With the file that was named for all models, or looking for one near each.
    pub(super) fn new(file: Option<&Path>) -> Result<Self, PolicyFault> {
        Ok(Self {
            given: file.map(|file| parse(file, file)).transpose()?,
            known: Mutex::default(),
        })
    }

    /// The policy for a model: the nearest in the folders around it, up to the repository's top,
    /// or where there is no repository, up to the folder that was named.
    pub(super) fn of(&self, candidate: &Candidate) -> Answer {
        if let Some(given) = &self.given {
            return Ok(Arc::clone(given));
        }
        let folder = folder_of(&candidate.path);
        let known = || self.known.lock().expect("whoever holds it only adds to it");
        if let Some(answer) = known().get(&folder) {
            return answer.clone();
        }
        let answer = nearest(&folder, &candidate.root);
        known().insert(folder, answer.clone());
        answer
    }
}

fn nearest(folder: &Path, root: &Path) -> Answer {
    let inner = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let top = repository_top(&inner)
        .map(Path::to_owned)
        .or_else(|| fs::canonicalize(root).ok());
    for around in inner.ancestors() {
        let file = around.join(FILE_NAME);
        if fs::symlink_metadata(&file).is_ok() {
            return parse(
                &file,
                top.as_ref()
                    .and_then(|top| file.strip_prefix(top).ok())
                    .unwrap_or(&file),
            );
        }
        if top.as_deref() == Some(around) {
            break;
        }
    }
    Ok(Arc::default())
}

/// Reads a policy; `name` is what it is called in messages.
fn parse(file: &Path, name: &Path) -> Answer {
    let name = shown_path(name);
    let text =
        read_text(file, "a policy").map_err(|error| PolicyFault(format!("{name}: {error}")))?;
    let policy = Policy::parse(&text).map_err(|error| {
        let (line, column) = (error.line, error.column);
        PolicyFault(format!("{name}:{line}:{column}: {}", shown(error.sentence)))
    })?;
    Ok(Arc::new(policy))
}

//! When models were last changed, as git knows it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cli::files::folder_of;
use crate::provider::local::{Here, HereError};

/// When files were last changed, by their paths as they were named.
pub(super) struct Changes(HashMap<PathBuf, Timestamp>);

impl Changes {
    /// Asks git, once for each repository. What git does not know is not among the changes.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a Path>) -> Self {
        let mut changes = HashMap::new();
        let full = paths.filter_map(|path| Some((fs::canonicalize(path).ok()?, path)));
        let mut pending: Vec<_> = full.collect();
        while let Some((first, named)) = pending.pop() {
            let here = Here::discover(&folder_of(&first));
            let Ok((here, top)) = here.and_then(|here| here.work_tree().map(|top| (here, top)))
            else {
                continue;
            };
            pending.push((first.clone(), named));
            let (inside, outside): (Vec<_>, Vec<_>) =
                (pending.into_iter()).partition(|(full, _)| full.starts_with(&top));
            // A work tree may be told to be elsewhere than around its files.
            pending = outside
                .into_iter()
                .filter(|(full, _)| *full != first)
                .collect();
            let below = |(full, named): (PathBuf, _)| {
                Some((full.strip_prefix(&top).ok()?.to_owned(), named))
            };
            let inside = inside.into_iter().filter_map(below).collect();
            // Where the history cannot be read it says nothing.
            let known = ask(&here, &inside).unwrap_or_default();
            changes.extend(known);
        }
        Self(changes)
    }

    /// When this file was last changed, if that is known.
    pub(super) fn last(&self, path: &Path) -> Option<Timestamp> {
        self.0.get(path).copied()
    }
}

fn ask(
    here: &Here,
    files: &HashMap<PathBuf, &Path>,
) -> Result<Vec<(PathBuf, Timestamp)>, HereError> {
    let paths: Vec<_> = files.keys().cloned().collect();
    let known = here.last_changes(&paths)?.into_iter();
    let named = known.filter_map(|(path, time)| Some(((*files.get(&path)?).to_owned(), time)));
    Ok(named.collect())
}

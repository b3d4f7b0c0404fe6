//! What is at paths of a commit, by its kind alone.

use std::collections::HashMap;

use super::visit::Visit;
use super::wire::Entry;
use super::{AT_ONCE, pages};
use crate::provider::hosted::{Failure, above, encoded};
use crate::provider::{CommitId, EntryKind, FilePath, ProviderError};

/// What Bitbucket says is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    File(About),
    Folder,
    /// A symbolic link or a submodule.
    Other,
}

/// What Bitbucket says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub(super) is_executable: bool,
    /// Whether its bytes are not in git, but in its Large File Storage.
    pub(super) is_elsewhere: bool,
    /// In bytes.
    pub(super) size: Option<usize>,
}

/// The kinds of what is at many paths.
pub(super) type Kinds = HashMap<String, Kind>;

/// What is at one of them: whatever is not among them is not there.
pub(super) fn kind_in(kinds: &Kinds, path: &str) -> Kind {
    kinds.get(path).cloned().unwrap_or(Kind::Nothing)
}

impl Kind {
    pub(super) fn of(entry: &Entry) -> Self {
        let has = |attribute| entry.attributes.iter().any(|has| has == attribute);
        match entry.kind.as_str() {
            "commit_directory" => Self::Folder,
            "commit_file" if !has("link") && !has("subrepository") => Self::File(About {
                is_executable: has("executable"),
                is_elsewhere: has("lfs"),
                size: entry.size,
            }),
            _ => Self::Other,
        }
    }

    pub(super) fn entry_kind(&self) -> EntryKind {
        match self {
            Self::File(_) => EntryKind::File,
            Self::Folder => EntryKind::Folder,
            Self::Nothing | Self::Other => EntryKind::Other,
        }
    }
}

impl Visit<'_> {
    /// Asks what is at one path.
    pub(super) async fn kind(&self, commit: &CommitId, path: &str) -> Result<Kind, ProviderError> {
        let asked = format!("/src/{commit}/{}?format=meta", encoded(path));
        let entry = self.caller.get::<Entry>(&self.path(&asked)).await;
        let entry = self.of_commit(commit, entry).await?;
        Ok(entry.map_or(Kind::Nothing, |entry| Kind::of(&entry)))
    }

    /// What is at these paths, and at all folders that they would be in: read from a list of the
    /// folder that has them all. `None` where that would take longer than to ask for each.
    pub(super) async fn kinds(
        &self,
        commit: &CommitId,
        paths: &[&FilePath],
    ) -> Result<Option<Kinds>, ProviderError> {
        let folder = common_folder(paths);
        let levels = paths.iter().map(|path| path.segments().count()).max();
        let depth = levels.unwrap_or(1) - folder.map_or(0, |folder| folder.split('/').count());
        let pages = paths.len().div_ceil(AT_ONCE);
        let listed = self.list(commit, folder, depth, pages).await;
        // Whatever goes wrong here, those who ask for each are told.
        let Ok(listed) = self.of_commit(commit, listed).await else {
            return Ok(None);
        };
        let (entries, None) = listed.unwrap_or_default() else {
            return Ok(None);
        };
        let outer = paths.iter().take(1).flat_map(|path| above(path));
        let outer = outer.take_while(|outer| folder.is_some_and(|it| outer.len() <= it.len()));
        let mut kinds = Kinds::new();
        for path in outer {
            let kind = if entries.is_empty() {
                self.kind(commit, path).await?
            } else {
                Kind::Folder
            };
            kinds.insert(path.to_owned(), kind);
        }
        let inner = entries.iter();
        kinds.extend(inner.map(|entry| (entry.path.clone(), Kind::of(entry))));
        Ok(Some(kinds))
    }

    /// The entries of a folder and of so many levels below it, on so many pages at most, and the
    /// path of the next one; `None` is the root.
    ///
    /// A file that is asked for like a folder may be answered as it is, and look like a list. What
    /// it cannot know is the commit that it is in.
    pub(super) async fn list(
        &self,
        commit: &CommitId,
        folder: Option<&str>,
        depth: usize,
        pages: usize,
    ) -> Result<(Vec<Entry>, Option<String>), Failure> {
        let folder = folder.map(|folder| format!("{}/", encoded(folder)));
        let folder = folder.unwrap_or_default();
        let path = self.path(&format!(
            "/src/{commit}/{folder}?pagelen=100&max_depth={depth}"
        ));
        let client = &self.bitbucket.client;
        let listed = pages::some::<Entry>(client, &self.caller, &path, pages).await?;
        let is_of_commit = |entry: &Entry| entry.commit.hash == commit.as_str();
        if listed.0.iter().all(is_of_commit) {
            Ok(listed)
        } else {
            Err(Failure::Unreadable)
        }
    }
}

/// The innermost folder that all these paths are in; `None` is the root.
fn common_folder<'p>(paths: &[&'p FilePath]) -> Option<&'p str> {
    let holds = |folder: &str, path: &FilePath| {
        let rest = path.as_str().strip_prefix(folder);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let first = paths.first()?;
    above(first)
        .filter(|folder| paths.iter().all(|path| holds(folder, path)))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::bitbucket::wire::Hash;

    #[test]
    fn the_innermost_folder_of_all_paths_is_found() {
        let common = |paths: &[&str]| {
            let paths: Vec<_> = paths
                .iter()
                .map(|path| FilePath::parse(path).unwrap())
                .collect();
            let paths: Vec<_> = paths.iter().collect();
            common_folder(&paths).map(str::to_owned)
        };
        assert_eq!(common(&["m/a/a.json", "m/a/b/c"]).as_deref(), Some("m/a"));
        assert_eq!(common(&["m/a/a.json", "m/ab/c"]).as_deref(), Some("m"));
        assert_eq!(common(&["m/a", "m"]), None);
        assert_eq!(common(&["m/a", "n/a"]), None);
    }

    #[test]
    fn links_and_submodules_are_no_files() {
        let kind = |kind: &str, attributes: &[&str]| {
            Kind::of(&Entry {
                kind: kind.to_owned(),
                path: "a".to_owned(),
                attributes: attributes.iter().map(|&it| it.to_owned()).collect(),
                size: Some(7),
                commit: Hash {
                    hash: String::new(),
                },
            })
        };
        let file = |is_executable, is_elsewhere| {
            Kind::File(About {
                is_executable,
                is_elsewhere,
                size: Some(7),
            })
        };
        assert_eq!(kind("commit_directory", &[]), Kind::Folder);
        assert_eq!(kind("commit_file", &["binary"]), file(false, false));
        assert_eq!(kind("commit_file", &["executable"]), file(true, false));
        assert_eq!(kind("commit_file", &["lfs"]), file(false, true));
        assert_eq!(kind("commit_file", &["link"]), Kind::Other);
        assert_eq!(kind("commit_file", &["subrepository"]), Kind::Other);
        assert_eq!(kind("commit_something", &[]), Kind::Other);
    }
}

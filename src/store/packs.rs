//! The rules of a branch: those that come with Wyvern, and the team's own in `.wyvern/rules`.

use super::{Hidden, ModelStore, StoreError, apart};
use crate::provider::{BranchName, CommitId, Entry, EntryKind, File, FilePath, RepositoryName};
use crate::suggest::{Pack, without_twins};

/// Where a team keeps its packs, one file each.
const FOLDER: &str = ".wyvern/rules";
/// How many files are read, in the order of their names.
const FILES_MAX: usize = 50;
/// How large a file may be, in bytes.
const FILE_MAX: usize = 1 << 20;

impl ModelStore {
    /// The team's packs on a branch. One that cannot be read has its fault.
    ///
    /// # Errors
    /// What the provider says of the repository and the branch, or when it fails.
    pub async fn own_packs(
        &self,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<Vec<Pack>, StoreError> {
        let tip = self.provider.resolve(&self.who, repository, branch).await?;
        self.own_packs_at(repository, &tip).await
    }

    /// The same as a commit has them.
    ///
    /// # Errors
    /// When the provider fails.
    pub async fn own_packs_at(
        &self,
        repository: &RepositoryName,
        commit: &CommitId,
    ) -> Result<Vec<Pack>, StoreError> {
        let folder = FilePath::parse(FOLDER)?;
        let read = self
            .provider
            .read_dir(&self.who, repository, commit, &folder);
        let entries = read.await?;
        let (paths, mut packs) = paths(&entries);
        let read = self.each_file(repository, commit, &paths).await?;
        for (path, file) in paths.iter().zip(read) {
            packs.push(pack(path.to_string(), file).await);
        }
        packs.sort_by(|one, other| one.origin.cmp(&other.origin));
        without_twins(&mut packs);
        Ok(packs)
    }
}

/// The files to be read, and those that are not, with their faults.
fn paths(entries: &[Entry]) -> (Vec<FilePath>, Vec<Pack>) {
    let is_pack = |name: &str| name.to_lowercase().ends_with(".toml");
    let files = entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let names = files.map(|entry| &entry.name).filter(|name| is_pack(name));
    let (mut paths, mut unread) = (Vec::new(), Vec::new());
    for (number, name) in names.enumerate() {
        let origin = format!("{FOLDER}/{name}");
        match FilePath::parse(&origin) {
            _ if number >= FILES_MAX => {
                let fault = format!("only the first {FILES_MAX} packs are read");
                unread.push(Pack::unread(&origin, &fault));
            }
            Ok(path) => paths.push(path),
            Err(_) => unread.push(Pack::unread(&origin, "this name of a file is not taken")),
        }
    }
    (paths, unread)
}

/// What a file that was read holds.
async fn pack(origin: String, file: Result<File, Hidden>) -> Pack {
    let Some(File { bytes, .. }) = file.ok().filter(|file| file.bytes.len() <= FILE_MAX) else {
        return Pack::unread(&origin, "this is no file of at most 1 MiB");
    };
    let size = bytes.len();
    let read = move || match std::str::from_utf8(&bytes) {
        Ok(text) => Pack::read(&origin, text),
        Err(_) => Pack::unread(&origin, "this is not UTF-8"),
    };
    apart(size, read).await
}

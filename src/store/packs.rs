//! The rules of a branch: those that come with Wyvern, and the team's own in `.wyvern/rules`.

use super::{ModelStore, StoreError, apart};
use crate::provider::{
    BranchName, CommitId, EntryKind, File, FilePath, ProviderError, RepositoryName,
};
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
        let folder = FilePath::parse(FOLDER)?;
        let read = self.provider.read_dir(&self.who, repository, &tip, &folder);
        let entries = read.await?;
        let is_pack = |name: &str| name.to_lowercase().ends_with(".toml");
        let files = entries.iter().filter(|entry| entry.kind == EntryKind::File);
        let names = files.map(|entry| &entry.name).filter(|name| is_pack(name));
        let mut packs = Vec::new();
        for (number, name) in names.enumerate() {
            let origin = format!("{FOLDER}/{name}");
            packs.push(if number < FILES_MAX {
                self.own_pack(repository, &tip, &origin).await?
            } else {
                let fault = format!("only the first {FILES_MAX} packs are read");
                Pack::unread(&origin, &fault)
            });
        }
        without_twins(&mut packs);
        Ok(packs)
    }

    async fn own_pack(
        &self,
        repository: &RepositoryName,
        tip: &CommitId,
        origin: &str,
    ) -> Result<Pack, StoreError> {
        let Ok(path) = FilePath::parse(origin) else {
            return Ok(Pack::unread(origin, "this name of a file is not taken"));
        };
        let paths = [path];
        let read = self.provider.read_files(&self.who, repository, tip, &paths);
        let file = match read.await {
            Ok(files) => files.into_iter().next().flatten(),
            Err(ProviderError::TooLarge) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(File { bytes, .. }) = file.filter(|file| file.bytes.len() <= FILE_MAX) else {
            let fault = "this is no file of at most 1 MiB";
            return Ok(Pack::unread(origin, fault));
        };
        let origin = origin.to_owned();
        let read = move || match std::str::from_utf8(&bytes) {
            Ok(text) => Pack::read(&origin, text),
            Err(_) => Pack::unread(&origin, "this is not UTF-8"),
        };
        Ok(apart(FILE_MAX, read).await)
    }
}

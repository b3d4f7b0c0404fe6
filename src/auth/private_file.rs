//! A TOML file that nobody but its owner may use, replaced as a whole and by one writer at a time.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, fchown};
use std::path::{Path, PathBuf};

use thiserror::Error;
use toml_edit::DocumentMut;

/// The permissions of everybody but the owner in a file's mode.
const OTHERS: u32 = 0o077;
/// That everybody may write, and that in spite of it nobody may replace what is another's.
const WRITABLE: u32 = 0o002;
const STICKY: u32 = 0o1000;

/// A file that cannot be used, and why.
#[derive(Debug, Error)]
#[error("{}: {why}", path.display())]
pub struct PrivateFileError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub why: Unusable,
}

/// Why a file cannot be used.
#[derive(Debug, Error)]
pub enum Unusable {
    /// Others may read or write it.
    #[error("others may use it; take that from them with chmod 600")]
    Shared,
    /// Anybody may put another file in its place.
    #[error("everybody may write to its folder; take that from them with chmod o-w")]
    SharedFolder,
    /// It is no TOML, or not as it has to be. The words hold nothing secret of it.
    #[error("{0}")]
    Broken(String),
    /// The disk says no.
    #[error("{0}")]
    Disk(#[from] io::Error),
}

/// Such a file; it need not be there.
#[derive(Debug, Clone)]
pub(super) struct PrivateFile {
    path: PathBuf,
}

impl PrivateFile {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// That this is wrong with it.
    pub(super) fn broken(&self, why: impl Into<String>) -> PrivateFileError {
        self.fault(Unusable::Broken(why.into()))
    }

    /// What is in it; a file that is not there is empty.
    pub(super) fn read(&self) -> Result<DocumentMut, PrivateFileError> {
        let text = self.text().map_err(|why| self.fault(why))?;
        text.parse().map_err(|error: toml_edit::TomlError| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.unwrap_or_default().matches('\n').count() + 1;
            self.broken(format!("line {line}: {}", error.message()))
        })
    }

    /// Edits it. Whoever reads meanwhile sees the old or the new file; another writer waits. When
    /// `edit` fails, nothing is written.
    pub(super) fn change<T, E: From<PrivateFileError>>(
        &self,
        edit: impl FnOnce(&mut DocumentMut) -> Result<T, E>,
    ) -> Result<T, E> {
        let folder = self.folder().map_err(|why| self.fault(why))?;
        let turn = File::open(&folder).and_then(|folder| folder.lock().map(|()| folder));
        let turn = turn.map_err(|error| self.fault(error.into()))?;
        let mut document = self.read()?;
        let done = edit(&mut document)?;
        self.replace(&folder, &document.to_string())
            .map_err(|error| self.fault(error.into()))?;
        drop(turn);
        Ok(done)
    }

    fn text(&self) -> Result<String, Unusable> {
        let absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
        let mut file = match File::open(&self.path) {
            Err(error) if absent(error.kind()) => return Ok(String::new()),
            file => file?,
        };
        if file.metadata()?.mode() & OTHERS != 0 {
            return Err(Unusable::Shared);
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(text)
    }

    /// The folder in which it really is, made when it is not there.
    fn folder(&self) -> Result<PathBuf, Unusable> {
        let target = self.target();
        let parent = target.parent().unwrap_or(Path::new(""));
        let folder = if parent == "" { Path::new(".") } else { parent };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let mode = fs::metadata(folder)?.mode();
        if mode & WRITABLE != 0 && mode & STICKY == 0 {
            return Err(Unusable::SharedFolder);
        }
        Ok(folder.to_owned())
    }

    /// The file itself where the path is a symbolic link.
    fn target(&self) -> PathBuf {
        fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
    }

    /// The new file belongs to whom the old one belonged to, or else the folder: an administrator
    /// may edit what the server has to read.
    fn replace(&self, folder: &Path, text: &str) -> io::Result<()> {
        let target = self.target();
        let owner = fs::metadata(&target).or_else(|_| fs::metadata(folder))?;
        // A temporary file is made with the mode 0600.
        let mut draft = tempfile::NamedTempFile::new_in(folder)?;
        let made = draft.as_file().metadata()?;
        if made.uid() != owner.uid() {
            fchown(draft.as_file(), Some(owner.uid()), Some(owner.gid()))?;
        }
        draft.write_all(text.as_bytes())?;
        draft.as_file().sync_all()?;
        draft.persist(&target)?;
        File::open(folder)?.sync_all()
    }

    fn fault(&self, why: Unusable) -> PrivateFileError {
        PrivateFileError {
            path: self.path.clone(),
            why,
        }
    }
}

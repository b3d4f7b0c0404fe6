//! Reading one file that is said to be a threat model.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use thiserror::Error;

use crate::cli::shown::{cut, shown_path};
use crate::model::{Document, Invalid, OperationError};

/// The longest file that is read, in bytes. Reading a model takes a few times its size in memory.
pub(in crate::cli) const FILE_MAX: u64 = 64 * 1024 * 1024;

/// How many characters of a JSON pointer are shown.
const POINTER_SHOWN: usize = 200;

/// Why a file is not taken. Its display is a line that begins with the file's place.
#[derive(Debug, Error)]
#[error("{}{reason}", place(path, reason))]
pub(in crate::cli) struct Refusal {
    /// The file.
    pub(in crate::cli) path: PathBuf,
    /// What is wrong with it.
    pub(in crate::cli) reason: Reason,
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub(in crate::cli) enum Reason {
    /// It is a folder, a device, or the like.
    #[error("this is not a file")]
    NotAFile,
    /// It is a symbolic link, which could lead out of the repository.
    #[error("this is a symbolic link, which is not followed")]
    Link,
    /// It is longer than [`FILE_MAX`].
    #[error("the file has {0} bytes, and a threat model at most {FILE_MAX}")]
    TooLong(u64),
    /// The file system refuses.
    #[error("{0}")]
    Disk(#[from] io::Error),
    /// It is no threat model. Where JSON is broken, the place in front says it already.
    #[error("{}", sentence(.0))]
    Invalid(#[from] Invalid),
    /// It cannot be edited as is wanted.
    #[error("{0}")]
    Uneditable(#[from] OperationError),
}

impl Reason {
    /// Whether the file could be read, and only is no threat model.
    pub(in crate::cli) fn is_no_model(&self) -> bool {
        matches!(self, Self::TooLong(_) | Self::Invalid(_))
    }

    /// With the file that it is about.
    pub(in crate::cli) fn about(self, path: &Path) -> Refusal {
        Refusal {
            path: path.to_owned(),
            reason: self,
        }
    }
}

/// `a.json: `, or `a.json:3:7: ` where the reason has a place in the text.
fn place(path: &Path, reason: &Reason) -> String {
    let path = shown_path(path);
    match reason {
        Reason::Invalid(Invalid::Json(error)) => {
            format!("{path}:{}:{}: ", error.line, error.column)
        }
        _ => format!("{path}: "),
    }
}

fn sentence(invalid: &Invalid) -> String {
    match invalid {
        Invalid::Json(error) if error.pointer.is_empty() => format!("{}", error.fault),
        Invalid::Json(error) => {
            // Keys of any length are a part of it.
            format!(
                "{} (in {})",
                error.fault,
                cut(&error.pointer, POINTER_SHOWN)
            )
        }
        Invalid::Shape { .. } => format!("this is no threat model: {invalid}"),
    }
}

/// Reads a whole file, but not a device and not without end.
pub(in crate::cli) fn read(path: &Path) -> Result<Bytes, Reason> {
    // Asked before it is opened: opening a pipe would wait for somebody to write to it.
    if !fs::metadata(path)?.is_file() {
        return Err(Reason::NotAFile);
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > FILE_MAX {
        return Err(Reason::TooLong(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // It may grow while it is read.
    file.take(FILE_MAX + 1).read_to_end(&mut bytes)?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size > FILE_MAX => Err(Reason::TooLong(size)),
        _ => Ok(bytes.into()),
    }
}

/// The first bytes of a file.
pub(super) fn beginning(path: &Path, count: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a threat model.
pub(in crate::cli) fn read_model(path: &Path) -> Result<Document, Refusal> {
    read(path)
        .and_then(|bytes| Ok(Document::parse(bytes)?))
        .map_err(|reason| reason.about(path))
}

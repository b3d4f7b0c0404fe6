//! Failures of libgit2 and of the disk, told as the contract's errors.

use std::io;

use crate::provider::ProviderError;

/// A failure of libgit2.
pub(super) fn git(error: git2::Error) -> ProviderError {
    let full = error.message().contains("No space left");
    let reason = if full {
        DISK_FULL
    } else {
        "Git could not read or write the repository."
    };
    unavailable(reason, error)
}

/// A failure of the file system.
pub(super) fn disk(error: io::Error) -> ProviderError {
    let reason = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DISK_FULL,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "The server is not allowed to read or write the repository's folder."
        }
        _ => "The repository's folder could not be read or written.",
    };
    unavailable(reason, error)
}

const DISK_FULL: &str = "The disk that keeps the repository is full.";

fn unavailable(
    reason: &str,
    source: impl std::error::Error + Send + Sync + 'static,
) -> ProviderError {
    ProviderError::Unavailable {
        reason: reason.to_owned(),
        source: Some(Box::new(source)),
    }
}

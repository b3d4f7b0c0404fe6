//! Replacing a file as a whole or not at all.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::Builder;

/// What a new file may be used for, as far as the process's umask lets it.
const NEW_FILE: u32 = 0o666;

/// Writes a file's new content beside it and moves it into its place, so that whoever reads sees
/// the old or the new one. The file's mode is kept; a symbolic link stays one, and its target is
/// replaced.
pub(in crate::cli) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        target => target?,
    };
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = Builder::new()
        .permissions(Permissions::from_mode(NEW_FILE))
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| error.kind())?;
    file.write_all(content)?;
    match fs::metadata(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        metadata => file.as_file().set_permissions(metadata?.permissions())?,
    }
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

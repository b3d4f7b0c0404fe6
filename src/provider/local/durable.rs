//! Making sure that what was written is on the disk before something points to it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

use git2::Oid;

/// Waits until the disk holds the entries of this folder.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Waits until the disk holds these objects.
///
/// An object that was there before may have been written by a program that did not wait (git's own
/// default for loose objects), so that every loose one is synced, whoever wrote it. Packs are
/// synced by whoever makes them.
pub(super) fn sync_objects(git_dir: &Path, objects: &[Oid]) -> io::Result<()> {
    let root = git_dir.join("objects");
    let mut dirs = BTreeSet::new();
    for object in objects {
        let hex = object.to_string();
        let (fan_out, rest) = hex.split_at(2);
        let dir = root.join(fan_out);
        match File::open(dir.join(rest)) {
            Ok(file) => {
                file.sync_all()?;
                dirs.insert(dir);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    dirs.iter().try_for_each(|dir| sync_dir(dir))?;
    sync_dir(&root)
}

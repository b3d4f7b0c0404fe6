//! Packing loose objects, in the background, by one process per repository.
//!
//! Each save leaves about five loose objects. Every so often they are put into a pack, and the
//! loose files that are in it are removed. Nothing else is ever removed: an object that nothing
//! points to may belong to a save that is just being made. Small packs are put together with the
//! new one, so that their number grows with the logarithm of the saves only.
//!
//! Only Wyvern's own repositories are packed. Whoever owns the others runs `git gc` as they like.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use git2::{Odb, Oid, Repository};

use super::durable::{sync, sync_one};
use super::fault;
use super::repo::{self, Repo};
use super::tree::oid;
use crate::provider::{ProviderError, Version};

/// Saves between two rounds.
const SAVES: u32 = 200;
/// Loose objects that a save leaves: a blob, two or three trees, a commit.
const OBJECTS_PER_SAVE: usize = 5;
/// How libgit2 names an object that it has not finished writing.
const DRAFT: &str = "tmp_object_git2_";
/// What may stand beside a pack that is replaced. Anything else (`.keep`, say) protects it.
const COMPANIONS: [&str; 3] = ["pack", "idx", "rev"];

/// Counts a save; whether it is time for a round.
pub(super) fn is_due(repo: &Repo) -> bool {
    let due = repo.place.maintained && repo.saves.fetch_add(1, Ordering::Relaxed) + 1 >= SAVES;
    if due {
        repo.saves.store(0, Ordering::Relaxed);
    }
    due
}

/// How many saves the loose objects come from, guessed from one of their 256 folders.
pub(super) fn guess_saves(git_dir: &Path) -> u32 {
    let some = fs::read_dir(git_dir.join("objects").join("17")).map_or(0, Iterator::count);
    u32::try_from(some * 256 / OBJECTS_PER_SAVE).unwrap_or(u32::MAX / 2)
}

/// One round; `false` when another process is at it.
pub(super) fn run(repo: &Repo) -> Result<bool, ProviderError> {
    let owner = repo.lock_file("maintenance").map_err(fault::disk)?;
    if owner.try_lock().is_err() {
        return Ok(false);
    }
    let round = Round {
        git: repo::open(repo.git_dir()).map_err(fault::git)?,
        objects: repo.git_dir().join("objects"),
        scratch: repo.own_dir().join("packing"),
    };
    if let Ok(writer) = repo.lock_file("lock")
        && writer.try_lock().is_ok()
    {
        round.remove_drafts().map_err(fault::disk)?;
    }
    round.pack()?;
    Ok(true)
}

struct Round {
    git: Repository,
    objects: PathBuf,
    scratch: PathBuf,
}

impl Round {
    fn pack(&self) -> Result<(), ProviderError> {
        let mut loose = self.loose().map_err(fault::disk)?;
        self.leave_unreadable(&mut loose)?;
        if loose.is_empty() {
            return Ok(());
        }
        let (new, old) = (self.scratch.join("new"), self.scratch.join("old"));
        self.clear_scratch()
            .and_then(|()| fs::create_dir_all(new.join("pack")))
            .and_then(|()| fs::create_dir_all(old.join("pack")))
            .map_err(fault::disk)?;
        let replaced = self.small_packs(&loose).map_err(fault::disk)?;
        link_packs(&replaced, &old.join("pack")).map_err(fault::disk)?;
        let mut ids = objects_in(&old)?;
        ids.extend(loose.iter().map(|object| object.id));
        self.write_pack(&ids, &new.join("pack"))?;
        if !ids.is_subset(&objects_in(&new)?) {
            tracing::error!(objects = %self.objects.display(), "a new pack is not whole; dropped");
            return Ok(());
        }
        self.install(&new.join("pack"), &replaced)
            .and_then(|()| loose.iter().try_for_each(|object| remove(&object.path)))
            .and_then(|()| self.clear_scratch())
            .map_err(fault::disk)
    }

    fn clear_scratch(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.scratch) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn loose(&self) -> io::Result<Vec<Loose>> {
        let mut found = Vec::new();
        for fan_out in files(&self.objects)? {
            let Some(prefix) = name(&fan_out).filter(|name| name.len() == 2) else {
                continue;
            };
            for path in files(&fan_out)? {
                let hex = format!("{prefix}{}", name(&path).unwrap_or_default());
                if let Some(id) = Version::parse(&hex) {
                    found.push(Loose {
                        id: oid(id.as_str()),
                        size: path.metadata()?.len(),
                        path,
                    });
                }
            }
        }
        Ok(found)
    }

    /// Leaves the objects out that cannot be read: they stay loose, and hinder nobody else.
    fn leave_unreadable(&self, loose: &mut Vec<Loose>) -> Result<(), ProviderError> {
        let odb = self.git.odb().map_err(fault::git)?;
        loose.retain(|object| {
            let read = odb.read(object.id);
            if let Err(error) = &read {
                let object = object.path.display();
                tracing::warn!(%object, %error, "an object cannot be read, and is not packed");
            }
            read.is_ok()
        });
        Ok(())
    }

    /// The packs that the new one takes in: from the smallest on, each that is not more than twice
    /// what there is so far. What stays is at least twice as large as all that is smaller.
    fn small_packs(&self, loose: &[Loose]) -> io::Result<Vec<PathBuf>> {
        let mut packs = Vec::new();
        let all = files(&self.objects.join("pack"))?;
        let is_free = |pack: &PathBuf| {
            let same = all
                .iter()
                .filter(|file| file.file_stem() == pack.file_stem());
            same.into_iter()
                .all(|file| COMPANIONS.contains(&extension(file)))
        };
        for pack in all.iter().filter(|file| extension(file) == "pack") {
            if is_free(pack) && pack.with_extension("idx").is_file() {
                packs.push((pack.metadata()?.len(), pack.clone()));
            }
        }
        packs.sort();
        let mut total: u64 = loose.iter().map(|object| object.size).sum();
        let taken = packs.into_iter().take_while(|(size, _)| {
            let small = *size <= total.saturating_mul(2);
            total = total.saturating_add(*size);
            small
        });
        Ok(taken.map(|(_, pack)| pack).collect())
    }

    fn write_pack(&self, ids: &BTreeSet<Oid>, dir: &Path) -> Result<(), ProviderError> {
        let mut builder = self.git.packbuilder().map_err(fault::git)?;
        builder.set_threads(1);
        for id in ids {
            builder.insert_object(*id, None).map_err(fault::git)?;
        }
        builder.write(dir, 0o444).map_err(fault::git)
    }

    /// Puts the new pack in its place, and takes those away that it holds: the pack before its
    /// index, and the other way round, for readers look for an index first.
    fn install(&self, made: &Path, replaced: &[PathBuf]) -> io::Result<()> {
        let dir = self.objects.join("pack");
        let mut new = files(made)?;
        new.sort_by_key(|file| extension(file) == "idx");
        sync(&new)?;
        for file in &new {
            fs::rename(file, dir.join(file.file_name().unwrap_or_default()))?;
        }
        sync_one(&dir)?;
        let is_new = |pack: &&PathBuf| new.iter().any(|file| file.file_name() == pack.file_name());
        for pack in replaced.iter().filter(|pack| !is_new(pack)) {
            for companion in COMPANIONS.iter().rev() {
                remove(&pack.with_extension(companion))?;
            }
        }
        Ok(())
    }

    /// Removes the drafts of objects that killed saves left. Nobody is saving now.
    fn remove_drafts(&self) -> io::Result<()> {
        let is_draft = |file: &Path| name(file).is_some_and(|name| name.starts_with(DRAFT));
        for file in files(&self.objects)? {
            if is_draft(&file) {
                remove(&file)?;
            } else if name(&file).is_some_and(|name| name.len() == 2) {
                let inner = files(&file)?.into_iter().filter(|file| is_draft(file));
                inner.into_iter().try_for_each(|draft| remove(&draft))?;
            }
        }
        Ok(())
    }
}

struct Loose {
    id: Oid,
    size: u64,
    path: PathBuf,
}

/// Makes the packs the only ones of a folder, so that their objects can be listed.
fn link_packs(packs: &[PathBuf], dir: &Path) -> io::Result<()> {
    for pack in packs {
        for file in [pack.clone(), pack.with_extension("idx")] {
            fs::hard_link(&file, dir.join(file.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// The objects in the packs of an object folder.
fn objects_in(dir: &Path) -> Result<BTreeSet<Oid>, ProviderError> {
    let mut ids = BTreeSet::new();
    let odb = Odb::new().map_err(fault::git)?;
    let mut add = |id: &Oid| {
        ids.insert(*id);
        true
    };
    odb.add_disk_alternate(&dir.to_string_lossy())
        .and_then(|()| odb.foreach(&mut add))
        .map_err(fault::git)?;
    Ok(ids)
}

fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect()
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default()
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

//! Reads what `.wyvern` of one commit holds: its folder, those in it, then all files together.

use bytes::Bytes;
use futures_util::future::try_join_all;

use super::super::{Hidden, ModelStore, StoreError, apart};
use super::{Budget, Place, Shelf, listed};
use crate::library::{Kept, Library, SOURCES, Sources, TEMPLATES};
use crate::provider::{Entry, EntryKind, File, FilePath};
use crate::suggest::{Fault, OwnMethodology, Pack};

/// The folder of it all.
const TOP: &str = ".wyvern";
/// How many files of a folder are read, in the order of their names.
const FILES_MAX: usize = 50;
/// How large a file in TOML may be, in bytes.
const TOML_MAX: usize = 1 << 20;
/// How large a template may be.
const TEMPLATE_MAX: usize = 4 << 20;
/// How many files in TOML are read at once.
const TOML_AT_ONCE: usize = 25;
/// How many templates are read at once: they may be large.
const TEMPLATES_AT_ONCE: usize = 10;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    On(Shelf),
    Sources,
}

/// A file that is to be read.
#[derive(Debug)]
struct Wanted {
    sort: Sort,
    path: FilePath,
    /// As it is told.
    origin: String,
}

impl Shelf {
    const fn ending(self) -> &'static str {
        match self {
            Self::Rules | Self::Libraries => ".toml",
            Self::Templates => ".json",
        }
    }

    /// What its files are called.
    const fn files(self) -> &'static str {
        match self {
            Self::Rules => "packs",
            Self::Libraries => "libraries",
            Self::Templates => "templates",
        }
    }
}

impl Sort {
    /// The bytes of a file, or why they are not read. Whatever arrives is taken from the budget, also
    /// when it is too much.
    fn bytes(self, file: Result<File, Hidden>, budget: &mut Budget) -> Result<Bytes, &'static str> {
        let (most, fault) = match self {
            Self::On(Shelf::Templates) => (TEMPLATE_MAX, "this is no file of at most 4 MiB"),
            Self::On(_) | Self::Sources => (TOML_MAX, "this is no file of at most 1 MiB"),
        };
        let bytes = file.ok().map(|file| file.bytes);
        let size = bytes.as_ref().map_or(0, Bytes::len);
        let fits = match self {
            Self::On(on) => budget.take(on, size),
            Self::Sources => Ok(()),
        };
        let bytes = bytes.filter(|bytes| bytes.len() <= most).ok_or(fault)?;
        fits.map(|()| bytes)
    }
}

impl ModelStore {
    /// What these shelves hold there, and, where they are wanted, which sources there are.
    pub(super) async fn kept_there(
        &self,
        place: Place<'_>,
        shelves: &[Shelf],
        sources: bool,
        budget: &mut Budget,
    ) -> Result<Kept, StoreError> {
        let top = self.entries(place, TOP).await?;
        let has = |path: &str, kind| {
            let name = path.rsplit('/').next().unwrap_or_default();
            top.iter()
                .any(|entry| entry.name == name && entry.kind == kind)
        };
        let there = shelves.iter().copied();
        let there = there.filter(|shelf| has(shelf.folder(), EntryKind::Folder));
        let folders = there.map(async |shelf| {
            let entries = self.entries(place, shelf.folder()).await?;
            Ok::<_, StoreError>((shelf, entries))
        });
        let mut kept = Kept::default();
        let mut wanted = Vec::new();
        if sources && has(SOURCES, EntryKind::File) {
            wanted.push(Wanted {
                sort: Sort::Sources,
                path: FilePath::parse(SOURCES)?,
                origin: SOURCES.to_owned(),
            });
        }
        for (shelf, entries) in try_join_all(folders).await? {
            wanted.extend(chosen(place, shelf, &entries, &mut kept));
        }
        self.read_into(&mut kept, place, wanted, budget).await?;
        kept.packs
            .sort_by(|one, other| one.origin.cmp(&other.origin));
        kept.libraries
            .sort_by(|one, other| one.origin.cmp(&other.origin));
        kept.templates
            .sort_by(|one, other| one.origin.cmp(&other.origin));
        Ok(kept)
    }

    /// The text of a template, by its origin; none where there is none that is listed.
    pub(super) async fn text_of_template(
        &self,
        place: Place<'_>,
        origin: &str,
    ) -> Result<Option<Bytes>, StoreError> {
        let entries = self.entries(place, TEMPLATES).await?;
        let chosen = chosen(place, Shelf::Templates, &entries, &mut Kept::default());
        let Some(wanted) = chosen.into_iter().find(|each| each.origin == origin) else {
            return Ok(None);
        };
        let paths = [wanted.path];
        let read = self
            .each_file(place.repository, place.commit, &paths)
            .await?;
        let file = read.into_iter().next();
        Ok(file.and_then(|file| wanted.sort.bytes(file, &mut Budget::whole()).ok()))
    }

    async fn entries(
        &self,
        place: Place<'_>,
        folder: &str,
    ) -> Result<std::sync::Arc<[Entry]>, StoreError> {
        let folder = FilePath::parse(folder)?;
        let read = self
            .provider
            .read_dir(&self.who, place.repository, place.commit, &folder);
        Ok(read.await?)
    }

    async fn read_into(
        &self,
        kept: &mut Kept,
        place: Place<'_>,
        wanted: Vec<Wanted>,
        budget: &mut Budget,
    ) -> Result<(), StoreError> {
        let (templates, texts): (Vec<_>, Vec<_>) = wanted
            .into_iter()
            .partition(|file| file.sort == Sort::On(Shelf::Templates));
        let templates = templates.chunks(TEMPLATES_AT_ONCE);
        for chunk in texts.chunks(TOML_AT_ONCE).chain(templates) {
            if put_beyond(kept, chunk, budget) {
                continue;
            }
            let paths: Vec<_> = chunk.iter().map(|file| file.path.clone()).collect();
            let read = self
                .each_file(place.repository, place.commit, &paths)
                .await?;
            for (file, read) in chunk.iter().zip(read) {
                take(kept, file, read, budget).await;
            }
        }
        Ok(())
    }
}

/// The files of a folder that are to be read; the others get their faults.
fn chosen(place: Place<'_>, shelf: Shelf, entries: &[Entry], kept: &mut Kept) -> Vec<Wanted> {
    let is_one = |name: &str| name.to_lowercase().ends_with(shelf.ending());
    let files = entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let names = files.map(|entry| &entry.name).filter(|name| is_one(name));
    let mut chosen = Vec::new();
    for (number, name) in names.enumerate() {
        let path = format!("{}/{name}", shelf.folder());
        let origin = format!("{}{path}", place.prefix);
        match FilePath::parse(&path) {
            _ if number >= FILES_MAX => {
                let fault = format!("only the first {FILES_MAX} {} are read", shelf.files());
                put_unread(kept, shelf, origin, &fault);
            }
            Ok(path) => chosen.push(Wanted {
                sort: Sort::On(shelf),
                path,
                origin,
            }),
            Err(_) => put_unread(kept, shelf, origin, "this name of a file is not taken"),
        }
    }
    chosen
}

fn put_unread(kept: &mut Kept, shelf: Shelf, origin: String, fault: &str) {
    match shelf {
        Shelf::Rules => kept.packs.push(Pack::unread(&origin, fault)),
        Shelf::Libraries => kept.libraries.push(Library::unread(&origin, fault)),
        Shelf::Templates => kept
            .templates
            .push(listed(origin, Err(Fault::at_the_top(fault)))),
    }
}

/// Whether these files are not even asked for, because of what has been read before.
fn put_beyond(kept: &mut Kept, files: &[Wanted], budget: &Budget) -> bool {
    let beyond = |file: &Wanted| match file.sort {
        Sort::On(shelf) => budget.spent(shelf).map(|fault| (shelf, fault)),
        Sort::Sources => None,
    };
    let Some(faults) = files.iter().map(beyond).collect::<Option<Vec<_>>>() else {
        return false;
    };
    for (file, (shelf, fault)) in files.iter().zip(faults) {
        put_unread(kept, shelf, file.origin.clone(), fault);
    }
    true
}

/// Takes what a file holds. Rules come first, whose methodologies libraries have categories of.
async fn take(kept: &mut Kept, file: &Wanted, read: Result<File, Hidden>, budget: &mut Budget) {
    let origin = file.origin.clone();
    let bytes = match file.sort.bytes(read, budget) {
        Ok(bytes) => bytes,
        Err(fault) => match file.sort {
            Sort::On(shelf) => return put_unread(kept, shelf, origin, fault),
            Sort::Sources => return kept.sources = Sources::unread(fault),
        },
    };
    let size = bytes.len();
    match file.sort {
        Sort::On(Shelf::Rules) => {
            let read = move || match str::from_utf8(&bytes) {
                Ok(text) => Pack::read(&origin, text),
                Err(_) => Pack::unread(&origin, NO_TEXT),
            };
            kept.packs.push(apart(size, read).await);
        }
        Sort::On(Shelf::Libraries) => take_library(kept, origin, bytes, budget).await,
        Sort::On(Shelf::Templates) => {
            let read = move || listed(origin, Ok(bytes));
            kept.templates.push(apart(size, read).await);
        }
        Sort::Sources => {
            let read = move || match str::from_utf8(&bytes) {
                Ok(text) => Sources::read(text),
                Err(_) => Sources::unread(NO_TEXT),
            };
            kept.sources = apart(size, read).await;
        }
    }
}

async fn take_library(kept: &mut Kept, origin: String, bytes: Bytes, budget: &mut Budget) {
    let (size, own) = (bytes.len(), methodologies(kept));
    let read = move || match str::from_utf8(&bytes) {
        Ok(text) => Library::read(&origin, text, &own),
        Err(_) => Library::unread(&origin, NO_TEXT),
    };
    let library = apart(size, read).await;
    // Mitigations that many threats name are long in memory, and in the answer.
    budget.charge(library.size().saturating_sub(size));
    kept.libraries.push(library);
}

const NO_TEXT: &str = "this is not UTF-8";

fn methodologies(kept: &Kept) -> Vec<OwnMethodology> {
    let packs = kept.packs.iter();
    packs.flat_map(|pack| pack.methodologies.clone()).collect()
}

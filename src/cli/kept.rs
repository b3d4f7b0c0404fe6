//! What a team keeps, in files of this machine: found and read to be checked.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use super::files::{read_short, read_text};
use super::packs::{self, PackFault, PackFile, in_folder, kept_below};
use super::shown::{counted, shown_path};
use crate::library::{
    Kept, LIBRARIES, Library, RULES, SOURCES, Sources, TEMPLATES, Template, TemplateFile, join,
};
use crate::store::named_source;
use crate::suggest::{Fault, OwnMethodology};

/// How long a template may be, in bytes: as long as the server reads.
const TEMPLATE_MAX: u64 = 4 << 20;
const TOML: &str = "toml";
const JSON: &str = "json";

/// Files by what they are.
#[derive(Debug, Default)]
pub(super) struct KeptFiles {
    packs: Vec<PackFile>,
    libraries: Vec<PackFile>,
    templates: Vec<PackFile>,
    sources: Vec<PackFile>,
}

impl KeptFiles {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        let all = [&self.packs, &self.libraries, &self.templates, &self.sources];
        all.into_iter().all(Vec::is_empty)
    }

    /// Adds others.
    pub(super) fn extend(&mut self, others: Self) {
        self.packs.extend(others.packs);
        self.libraries.extend(others.libraries);
        self.templates.extend(others.templates);
        self.sources.extend(others.sources);
    }

    /// Those that a path names: a file, a repository that keeps something, or a folder of files.
    pub(super) fn named(path: &Path) -> io::Result<Self> {
        let mut files = Self::default();
        if !fs::metadata(path)?.is_dir() {
            files.sort_in(PackFile::alone(path));
            return Ok(files);
        }
        if let Some(kept) = Self::of_repository(path)? {
            return Ok(kept);
        }
        if path.file_name() == Some(OsStr::new("templates")) {
            files.templates = in_folder(path, JSON)?;
            return Ok(files);
        }
        for file in in_folder(path, TOML)? {
            files.sort_in(file);
        }
        Ok(files)
    }

    /// Those of a repository; nothing where it keeps nothing.
    fn of_repository(top: &Path) -> io::Result<Option<Self>> {
        let packs = kept_below(top, RULES, TOML)?;
        let libraries = kept_below(top, LIBRARIES, TOML)?;
        let templates = kept_below(top, TEMPLATES, JSON)?;
        let sources = top.join(SOURCES);
        let sources = fs::symlink_metadata(&sources)
            .is_ok()
            .then(|| PackFile::alone(&sources));
        let keeps = [&packs, &libraries, &templates]
            .into_iter()
            .any(Option::is_some);
        if !keeps && sources.is_none() {
            return Ok(None);
        }
        Ok(Some(Self {
            packs: packs.unwrap_or_default(),
            libraries: libraries.unwrap_or_default(),
            templates: templates.unwrap_or_default(),
            sources: sources.into_iter().collect(),
        }))
    }

    /// Puts a file where it belongs by its name, its folder and what it says: what says nothing is a
    /// pack of rules.
    fn sort_in(&mut self, file: PackFile) {
        let path = file.path();
        let folder = path.parent().and_then(Path::file_name);
        let is_json = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case(JSON));
        if is_json {
            self.templates.push(file);
        } else if path.file_name() == Path::new(SOURCES).file_name() {
            self.sources.push(file);
        } else if folder == Path::new(LIBRARIES).file_name() || is_library(path) {
            self.libraries.push(file);
        } else {
            self.packs.push(file);
        }
    }

    /// Reads them, each once. What cannot be read is a fault of its file; an id names one thing.
    pub(super) fn read(&self) -> Checked {
        let packs = packs::read(&self.packs);
        let own = packs.iter().flat_map(|pack| pack.methodologies.clone());
        let own: Vec<_> = own.collect();
        let libraries = packs::each_once(&self.libraries);
        let kept = Kept {
            libraries: libraries.map(|file| library(file, &own)).collect(),
            templates: packs::each_once(&self.templates).map(template).collect(),
            packs,
            ..Kept::default()
        };
        Checked {
            kept: join(kept, []),
            sources: packs::each_once(&self.sources).map(sources).collect(),
        }
    }
}

/// What was read, with what is wrong with it.
#[derive(Debug)]
pub(super) struct Checked {
    kept: Kept,
    /// By what their files are called.
    sources: Vec<(String, Sources)>,
}

impl Checked {
    /// What is wrong.
    pub(super) fn faults(&self) -> impl Iterator<Item = PackFault> {
        let kept = self.kept.faults();
        let kept = kept.map(|placed| PackFault::of(placed.file, placed.fault));
        let sources = self.sources.iter().flat_map(|(file, sources)| {
            let faults = sources.faults.iter();
            faults.map(move |fault| PackFault::of(file, fault))
        });
        kept.chain(sources)
    }

    /// How much there is of it; what there is nothing of is left out.
    pub(super) fn counts(&self) -> String {
        let Kept {
            packs,
            libraries,
            templates,
            ..
        } = &self.kept;
        let rules = packs.iter().map(|pack| pack.rules.len()).sum();
        let threats = libraries.iter().map(|library| library.threats.len()).sum();
        let sources = self.sources.iter().map(|(_, sources)| sources.list.len());
        let others = [
            (libraries.len(), "library file"),
            (threats, "threat"),
            (self.kept.mitigations().count(), "mitigation"),
            (templates.len(), "template"),
            (sources.sum(), "source"),
        ];
        let mut told = others.to_vec();
        told.retain(|(count, _)| *count > 0);
        if !packs.is_empty() || told.is_empty() {
            told.splice(0..0, [(packs.len(), "pack"), (rules, "rule")]);
        }
        let told = told.into_iter().map(|(count, one)| counted(count, one));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// Whether a file begins as libraries do.
fn is_library(path: &Path) -> bool {
    let text = read_text(path, "a library").unwrap_or_default();
    let names = |line: &str| {
        let rest = line.trim_start().strip_prefix("library");
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().any(names)
}

fn library(file: &PackFile, own: &[OwnMethodology]) -> Library {
    let name = shown_path(file.name());
    if let Some(fault) = file.beyond("libraries") {
        return Library::unread(&name, &fault);
    }
    match read_text(file.path(), "a library") {
        Ok(text) => Library::read(&name, &text, own),
        Err(error) => Library::unread(&name, &error.to_string()),
    }
}

fn template(file: &PackFile) -> TemplateFile {
    let read = match file.beyond("templates") {
        Some(fault) => Err(Fault::at_the_top(fault)),
        None => read_short(file.path(), "a template", TEMPLATE_MAX)
            .map_err(|error| Fault::at_the_top(error.to_string()))
            .and_then(|bytes| Template::read(bytes.into())),
    };
    TemplateFile {
        origin: shown_path(file.name()),
        read: read.map(|(template, _)| template),
    }
}

/// A file of sources. Whether they are there is not looked at: nothing is asked of another machine.
fn sources(file: &PackFile) -> (String, Sources) {
    let mut sources = match read_text(file.path(), "a file of sources") {
        Ok(text) => Sources::read(&text),
        Err(error) => Sources::unread(&error.to_string()),
    };
    let refused = sources
        .list
        .iter()
        .filter_map(|source| named_source(source).err());
    let refused: Vec<_> = refused.collect();
    sources.faults.extend(refused);
    (shown_path(file.name()), sources)
}

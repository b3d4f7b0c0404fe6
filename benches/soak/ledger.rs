//! What was sent, acknowledged and answered, and what of it is not so.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::providers::ground::{BYTES, Ground, MODELS};
use crate::{repository, sample};

/// A model: the host, the repository and the path of the file.
pub(super) type Place = (&'static str, String, String);

/// The books of a run.
#[derive(Default)]
pub(super) struct Ledger(Mutex<Books>);

#[derive(Default)]
struct Books {
    /// How many models were made up; each is sent once.
    made: usize,
    /// Those that were at a place in the beginning or were sent to be saved there, whatever was
    /// answered.
    sent: HashMap<Place, HashSet<usize>>,
    acknowledged: Vec<Save>,
    /// Since the last minute: what was asked for, and the status.
    answers: BTreeMap<(&'static str, u16), usize>,
    wrong: Vec<String>,
}

/// A save that the server has acknowledged.
#[derive(Debug)]
struct Save {
    place: Place,
    /// The version that it was made from.
    from: String,
    version: String,
}

/// What git has of a repository: what each path became by a commit, and from which versions.
#[derive(Default)]
struct Made<'l>(HashMap<(&'l str, &'l str), Vec<&'l str>>);

/// Begins a commit in git's log.
const COMMIT: &str = "commit ";

/// The first model of the run. The numbers below are of those that were there before.
const FIRST: usize = 1_000_000;

impl Ledger {
    /// Notes the models that are there when the run begins.
    pub(super) fn open(&self, ground: &Ground) {
        let host = ground.forge.dialect().name();
        let mut books = self.books();
        for (first, (name, _)) in ground.repositories().enumerate() {
            for model in 0..MODELS {
                let place = (host, name.clone(), path(&format!("model-{model}")));
                let number = first * MODELS + model;
                books.sent.entry(place).or_default().insert(number);
            }
        }
    }

    /// A model that nobody has made before, to be saved there.
    pub(super) fn make(&self, place: &Place) -> anyhow::Result<String> {
        let mut books = self.books();
        let number = FIRST + books.made;
        books.made += 1;
        books.sent.entry(place.clone()).or_default().insert(number);
        sample::model(BYTES, number)
    }

    pub(super) fn answered(&self, what: &'static str, status: u16) {
        *self.books().answers.entry((what, status)).or_default() += 1;
    }

    pub(super) fn acknowledged(&self, place: &Place, from: &str, version: &str) {
        let [from, version] = [from, version].map(|tag| tag.trim_matches('"').to_owned());
        let place = place.clone();
        self.books().acknowledged.push(Save {
            place,
            from,
            version,
        });
    }

    /// Holds what was read to what somebody has sent there, or what was there before.
    pub(super) fn read(&self, place: &Place, body: &[u8]) -> anyhow::Result<()> {
        let answer: Value = serde_json::from_slice(body)?;
        let model = answer.get("data").context("an envelope")?;
        let title = model.pointer("/summary/title").and_then(Value::as_str);
        let number = title.and_then(|title| title.strip_prefix("Sample "));
        let number: usize = number
            .with_context(|| format!("a title in {model}"))?
            .parse()?;
        let books = self.books();
        let sent = books.sent.get(place);
        let sent = sent.is_some_and(|sent| sent.contains(&number));
        drop(books);
        let whole: Value = serde_json::from_str(&sample::model(BYTES, number)?)?;
        if !sent || *model != whole {
            self.is_wrong(format!("{place:?} is read as {number}"));
        }
        Ok(())
    }

    /// The answers since the last time, by what was asked for and status.
    pub(super) fn minute(&self) -> String {
        let answers = std::mem::take(&mut self.books().answers);
        let told = answers
            .iter()
            .map(|((what, status), count)| format!("{what} {status}: {count}"));
        let mut told: Vec<_> = told.collect();
        told.push(format!("wrong: {}", self.books().wrong.len()));
        told.join("  ")
    }

    /// Holds the books to what is in git: each save that was acknowledged is there once, upon the
    /// version that it was made from, and none is there twice.
    pub(super) fn audit(&self, ground: &Ground) -> anyhow::Result<()> {
        for (name, repository) in ground.repositories() {
            let raw = [
                "log",
                "--raw",
                "--no-abbrev",
                "--format=commit %H %s",
                "main",
            ];
            let log = String::from_utf8(repository.git(&raw, b"")?)?;
            let host = ground.forge.dialect().name();
            self.compare(host, &name, &Made::of(&log)?);
        }
        Ok(())
    }

    fn compare(&self, host: &str, name: &str, made: &Made<'_>) {
        let mut books = self.books();
        let twice = made.0.iter().filter(|(_, from)| from.len() > 1);
        let twice = twice.map(|((path, version), from)| {
            format!("{host} {name} {path} became {version} from each of {from:?}")
        });
        let here = books.acknowledged.iter().filter(|save| {
            let (at, repository, _) = &save.place;
            (*at, repository.as_str()) == (host, name)
        });
        let lost = here.filter_map(|save| {
            let key = (save.place.2.as_str(), save.version.as_str());
            let from = made.0.get(&key).map(Vec::as_slice).unwrap_or_default();
            (from != [save.from.as_str()]).then(|| format!("{save:?} was made from {from:?}"))
        });
        let wrong: Vec<_> = twice.chain(lost).collect();
        books.wrong.extend(wrong);
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_wrong(&self, what: String) {
        self.books().wrong.push(what);
    }

    pub(super) fn wrong(&self) -> Vec<String> {
        self.books().wrong.clone()
    }

    pub(super) fn saves(&self) -> usize {
        self.books().acknowledged.len()
    }
}

impl<'l> Made<'l> {
    /// By `git log --raw`. GitLab lets two writers of one file pass; Wyvern puts back what the
    /// second has replaced, and neither the second nor that counts.
    fn of(log: &'l str) -> anyhow::Result<Self> {
        let undone = log
            .lines()
            .filter_map(|line| line.strip_prefix(COMMIT)?.split_once(" Put back what "));
        let undone = undone.filter_map(|(by, what)| Some([by, what.split(' ').next()?]));
        let undone: HashSet<_> = undone.flatten().collect();
        let (mut made, mut counts) = (Self::default(), true);
        for line in log.lines() {
            if let Some(commit) = line.strip_prefix(COMMIT) {
                counts = !commit
                    .split(' ')
                    .next()
                    .is_some_and(|id| undone.contains(id));
            } else if counts && !line.is_empty() {
                let (change, path) = line.split_once('\t').context("a change")?;
                let versions: Vec<_> = change.split(' ').skip(2).take(2).collect();
                let [from, version] = versions[..] else {
                    bail!("no versions in {line}");
                };
                made.0.entry((path, version)).or_default().push(from);
            }
        }
        Ok(made)
    }
}

/// The file of a model.
pub(super) fn path(model: &str) -> String {
    format!("{}/{model}/{model}.json", repository::MODELS)
}

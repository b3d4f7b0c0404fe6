//! What was sent, acknowledged and answered, and what of it is not so.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
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
    /// Versions that the server has acknowledged.
    acknowledged: Vec<(Place, String)>,
    /// Since the last minute: what was asked for, and the status.
    answers: BTreeMap<(&'static str, u16), usize>,
    wrong: Vec<String>,
}

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

    pub(super) fn acknowledged(&self, place: &Place, version: &str) {
        let version = version.trim_matches('"').to_owned();
        let save = (place.clone(), version);
        self.books().acknowledged.push(save);
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

    /// Holds the books to what is in git: each save that was acknowledged is there once, and none is
    /// there twice.
    pub(super) fn audit(&self, ground: &Ground) -> anyhow::Result<()> {
        for (name, repository) in ground.repositories() {
            let raw = ["log", "--raw", "--no-abbrev", "--format=", "main"];
            let log = String::from_utf8(repository.git(&raw, b"")?)?;
            let mut made: HashMap<(&str, &str), usize> = HashMap::new();
            for line in log.lines() {
                let (change, path) = line.split_once('\t').context("a change")?;
                let version = change.split(' ').nth(3).context("a version")?;
                *made.entry((path, version)).or_default() += 1;
            }
            let host = ground.forge.dialect().name();
            self.compare(host, &name, &made);
        }
        Ok(())
    }

    fn compare(&self, host: &str, name: &str, made: &HashMap<(&str, &str), usize>) {
        for ((path, version), times) in made.iter().filter(|(_, times)| **times > 1) {
            self.is_wrong(format!(
                "{host} {name} {path} became {version} {times} times"
            ));
        }
        let lost: Vec<_> = {
            let books = self.books();
            let here = books
                .acknowledged
                .iter()
                .filter(|((at, repository, path), version)| {
                    (*at, repository.as_str()) == (host, name)
                        && !made.contains_key(&(path.as_str(), version.as_str()))
                });
            here.map(|save| format!("a save is lost: {save:?}"))
                .collect()
        };
        self.books().wrong.extend(lost);
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

/// The file of a model.
pub(super) fn path(model: &str) -> String {
    format!("{}/{model}/{model}.json", repository::MODELS)
}

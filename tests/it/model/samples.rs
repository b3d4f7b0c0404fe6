//! Real model files for the tests to read: our own fixtures, the demo models, and the shared
//! samples where that folder exists beside the project.

use std::fs;
use std::path::{Path, PathBuf};

use wyvern::model::Document;

/// A file and its text.
pub(crate) struct Sample {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Sample {
    pub(crate) fn document(&self) -> Document {
        let document = Document::parse(self.text.clone().into());
        document.unwrap_or_else(|refusal| panic!("{}: {refusal}", self.path.display()))
    }
}

/// All threat models at hand.
pub(crate) fn models() -> Vec<Sample> {
    let mut all = fixtures();
    all.extend(demo_models());
    if Path::new(&in_project("../shared/samples")).is_dir() {
        all.extend(read(&[
            "../shared/samples/threat-dragon-v1",
            "../shared/samples/threat-dragon-v2",
        ]));
    }
    assert!(
        all.len() > 8,
        "the fixtures and demo models are in the project"
    );
    all
}

/// Our own small models, in different layouts and dialects.
pub(crate) fn fixtures() -> Vec<Sample> {
    read(&["tests/fixtures/models"])
}

/// The models that a first start shows.
pub(crate) fn demo_models() -> Vec<Sample> {
    read(&["config/demo"])
}

/// All JSON files at hand, those of other formats too.
pub(crate) fn json_files() -> Vec<Sample> {
    let mut all = models();
    if Path::new(&in_project("../shared/samples")).is_dir() {
        all.extend(read(&["../shared/samples/otm", "../shared/samples/tm-bom"]));
    }
    all
}

fn read(folders: &[&str]) -> Vec<Sample> {
    let mut all: Vec<Sample> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(in_project(folder)).expect(folder))
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| Sample {
            text: fs::read_to_string(&path).expect("a sample is UTF-8"),
            path,
        })
        .collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

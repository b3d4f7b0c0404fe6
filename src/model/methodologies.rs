//! The methodologies: which categories of threats each has for which kind of element.
//!
//! The table is the browser app's, so that there is one. Those of EOP are games, whose cards are the
//! categories. Generic has no categories of its own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::vocabulary::{CellShape, Methodology};

const TABLE: &str = include_str!("../../static/src/model/methodologies.json");

static METHODOLOGIES: LazyLock<BTreeMap<String, Categories>> = LazyLock::new(|| {
    serde_json::from_str(TABLE).expect("a test reads the table, which is part of the program")
});

/// The English names of the categories that a methodology has, by kind of element.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Categories {
    /// For actors.
    #[serde(default)]
    pub actor: Vec<String>,
    /// For processes.
    #[serde(default)]
    pub process: Vec<String>,
    /// For data stores.
    #[serde(default)]
    pub store: Vec<String>,
    /// For data flows.
    #[serde(default)]
    pub flow: Vec<String>,
}

impl Categories {
    /// Those for a kind of element; none for what cannot have threats.
    #[must_use]
    pub fn of(&self, shape: &CellShape) -> &[String] {
        match shape {
            CellShape::Actor => &self.actor,
            CellShape::Process => &self.process,
            CellShape::Store => &self.store,
            CellShape::Flow => &self.flow,
            _ => &[],
        }
    }

    /// Whether one of them, for whatever kind, is called so; case does not count.
    #[must_use]
    pub fn has(&self, category: &str) -> bool {
        let kinds = [&self.actor, &self.process, &self.store, &self.flow];
        let mut names = kinds.into_iter().flatten();
        names.any(|name| name.eq_ignore_ascii_case(category))
    }
}

/// All that have categories of their own, by the word that diagrams have for them.
pub fn methodologies() -> impl Iterator<Item = (&'static str, &'static Categories)> {
    METHODOLOGIES
        .iter()
        .map(|(id, categories)| (id.as_str(), categories))
}

/// The categories of one of them.
#[must_use]
pub fn categories(methodology: &Methodology) -> Option<&'static Categories> {
    METHODOLOGIES.get(methodology.as_str())
}

//! The methodologies: which categories of threats each has for which kind of element.
//!
//! The tables are the browser app's, so that there is one of each. Those of EOP are games, whose cards are the
//! categories. Generic has no categories of its own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::vocabulary::{CellShape, Methodology};

const TABLE: &str = include_str!("../../static/src/model/methodologies.json");

static METHODOLOGIES: LazyLock<BTreeMap<String, Categories>> = LazyLock::new(|| {
    serde_json::from_str(TABLE).expect("a test reads the table, which is part of the program")
});

const NAMES_TABLE: &str = include_str!("../../static/src/model/category-names.json");

/// Names by the tags of languages.
type InLanguages = BTreeMap<String, String>;

/// By the family of categories, then by the English name.
static NAMES: LazyLock<BTreeMap<String, BTreeMap<String, InLanguages>>> = LazyLock::new(|| {
    serde_json::from_str(NAMES_TABLE).expect("a test reads the table, which is part of the program")
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

/// What Threat Dragon calls the categories of a methodology in its other languages, by the English
/// name; nothing of games, whose cards have no names there.
pub fn category_names(
    methodology: &str,
) -> impl Iterator<Item = (&'static str, &'static BTreeMap<String, String>)> {
    let families = match methodology {
        // It is made of these.
        "CIADIE" => ["CIA", "DIE"],
        other => [other, ""],
    };
    let tables: Vec<_> = families
        .iter()
        .filter_map(|family| NAMES.get(*family))
        .collect();
    let names = tables.into_iter().flatten();
    names.map(|(english, names)| (english.as_str(), names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_but_those_of_games_has_names() {
        for (id, categories) in methodologies() {
            let names: BTreeMap<_, _> = category_names(id).collect();
            if id == "EOP" {
                assert!(names.is_empty());
                continue;
            }
            let kinds = [
                &categories.actor,
                &categories.process,
                &categories.store,
                &categories.flow,
            ];
            for category in kinds.into_iter().flatten() {
                assert!(names.contains_key(category.as_str()), "{id}: {category}");
            }
            assert!(names.keys().all(|name| categories.has(name)), "{id}");
        }
    }
}

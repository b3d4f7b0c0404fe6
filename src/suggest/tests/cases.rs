//! Every rule that comes with Wyvern has a diagram on which it fires, where it should and nowhere else, and
//! a near one on which it does not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::notation::diagram;
use crate::model::Methodology;
use crate::suggest::{Rule, Wanted, built_in, suggest};

/// The files of cases, one beside each file of rules.
const FILES: &[&str] = &[
    include_str!("cases/access.toml"),
    include_str!("cases/actors.toml"),
    include_str!("cases/ai.toml"),
    include_str!("cases/automated.toml"),
    include_str!("cases/boundaries.toml"),
    include_str!("cases/consent.toml"),
    include_str!("cases/llm.toml"),
    include_str!("cases/network.toml"),
    include_str!("cases/privacy.toml"),
    include_str!("cases/processes.toml"),
    include_str!("cases/services.toml"),
    include_str!("cases/stores.toml"),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    fires: Vec<String>,
    silent: Vec<String>,
}

fn cases() -> BTreeMap<String, Case> {
    let mut cases = BTreeMap::new();
    for text in FILES {
        let file: BTreeMap<String, Case> = toml::from_str(text).expect("a file of cases");
        for (id, case) in file {
            assert!(
                cases.insert(format!("wyvern/{id}"), case).is_none(),
                "{id} has two cases"
            );
        }
    }
    cases
}

/// The elements to which a rule is offered in a case.
fn fires(rule: &Rule, lines: &[String]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (first, _) = rule.categories.first().expect("a rule has a category");
    let stride = rule.category(&Methodology::Stride).map(|_| "STRIDE");
    let (document, marked) = diagram(stride.unwrap_or(first), lines);
    let packs: Vec<_> = built_in().iter().collect();
    let suggestions = suggest(&document, &packs, &Wanted::default()).list;
    let own = suggestions.iter().filter(|each| each.rule.id == rule.id);
    (own.map(|each| each.element.clone()).collect(), marked)
}

#[test]
fn the_rules_that_come_with_wyvern_are_in_order() {
    for pack in built_in() {
        assert_eq!(pack.faults, [], "{:?}", pack.rules.first());
    }
    let rules: Vec<_> = built_in().iter().flat_map(|pack| &pack.rules).collect();
    let ids: BTreeSet<_> = rules.iter().map(|rule| &rule.id).collect();
    let titles: BTreeSet<_> = rules.iter().map(|rule| &rule.title).collect();
    assert_eq!((ids.len(), titles.len()), (rules.len(), rules.len()));
}

#[test]
fn each_rule_fires_where_it_should_and_nowhere_else() {
    let cases = cases();
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    for rule in built_in().iter().flat_map(|pack| &pack.rules) {
        known.insert(rule.id.clone());
        let Some(case) = cases.get(&rule.id) else {
            faults.push(format!("{} has no case", rule.id));
            continue;
        };
        let (found, marked) = fires(rule, &case.fires);
        if found != marked || marked.is_empty() {
            faults.push(format!("{} fires on {found:?}, not on {marked:?}", rule.id));
        }
        let (found, marked) = fires(rule, &case.silent);
        if !found.is_empty() || !marked.is_empty() {
            faults.push(format!(
                "{} fires on {found:?} where it is to be silent",
                rule.id
            ));
        }
    }
    let unknown = cases.keys().filter(|id| !known.contains(*id));
    faults.extend(unknown.map(|id| format!("{id} is no rule")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

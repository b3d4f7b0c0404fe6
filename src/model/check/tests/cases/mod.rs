//! The table: for each rule an edit of the sound model that breaks it.

mod drawing;
mod structure;
mod threats;

use std::collections::BTreeSet;

use super::*;
use crate::model::check::rules;

/// The rule, the edit, and each finding's pointer and message.
type Case = (
    &'static str,
    fn(&mut Value),
    &'static [(&'static str, &'static str)],
);

fn cases() -> impl Iterator<Item = &'static Case> {
    [structure::CASES, threats::CASES, drawing::CASES]
        .into_iter()
        .flatten()
}

/// Rules that go by more than the document; they have tests of their own.
const ELSEWHERE: &[&str] = &["WYV065", "WYV090"];

/// What also breaks when a rule is broken, because it is a part of it.
const TOGETHER: &[(&str, &str)] = &[
    ("WYV002", "WYV050"),
    ("WYV005", "WYV033"),
    ("WYV052", "WYV050"),
    ("WYV053", "WYV032"),
];

#[test]
fn nothing_is_found_in_a_sound_model() {
    assert_eq!(found(&sound()), []);
}

#[test]
fn each_rule_finds_what_breaks_it_and_nothing_else_does() {
    let mut more = Vec::new();
    for (id, edit, expected) in cases() {
        let mut model = sound();
        edit(&mut model);
        let (own, others): (Vec<_>, Vec<_>) = found(&model)
            .into_iter()
            .partition(|finding| finding.rule.id == *id);
        let own: Vec<_> = own
            .iter()
            .map(|own| (own.pointer.as_str(), own.message.as_str()))
            .collect();
        assert_eq!(own, *expected, "{id}");
        more.extend(others.iter().map(|other| (*id, other.rule.id)));
    }
    more.dedup();
    assert_eq!(more, TOGETHER);
}

#[test]
fn each_rule_has_a_case_and_an_id_of_its_own() {
    let cases = cases().map(|(id, ..)| *id).chain(ELSEWHERE.iter().copied());
    let ids: Vec<_> = rules().map(|rule| rule.id).collect();
    assert_eq!(
        ids,
        cases
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let names: BTreeSet<_> = rules().map(|rule| rule.name).collect();
    assert_eq!(names.len(), ids.len());
    for rule in rules() {
        assert!(
            rule.reason.ends_with('.') && rule.remedy.ends_with('.'),
            "{}",
            rule.id
        );
    }
}

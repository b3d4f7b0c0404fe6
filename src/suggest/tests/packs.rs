//! Packs, whole and broken: each fault has its place, and the rest of the pack works.

use crate::model::{Document, Methodology, Severity};
use crate::suggest::{Fault, Pack, Wanted, suggest, without_twins};

const RULE: &str = r#"
[[rule]]
id = "unsigned"
when = "store and not signed"
title = "Changed unseen"
because = "The store is not signed."
description = "Somebody changes it."
mitigation = "Sign it."
severity = "high"
references = ["CWE-345"]
category.STRIDE = "Tampering"
"#;

fn read(text: &str) -> Pack {
    Pack::read(".wyvern/rules/own.toml", text)
}

#[test]
fn a_rule_is_read_whole() {
    let pack = read(&format!("pack = \"acme\"\n{RULE}"));
    assert_eq!(pack.faults, []);
    let [rule] = pack.rules.as_slice() else {
        panic!("one rule");
    };
    assert_eq!(rule.id, "acme/unsigned");
    assert_eq!(rule.severity, Severity::High);
    assert_eq!(rule.references, ["CWE-345"]);
    assert_eq!(rule.category(&Methodology::Stride), Some("Tampering"));
    assert_eq!(rule.category(&Methodology::Generic), Some("Tampering"));
    assert_eq!(rule.category(&Methodology::Cia), None);
}

/// The faults of a text, as `line:column sentence`.
fn faults(text: &str) -> Vec<String> {
    let told = |Fault {
                    line,
                    column,
                    sentence,
                }: &Fault| format!("{line}:{column} {sentence}");
    read(text).faults.iter().map(told).collect()
}

#[test]
fn what_is_wrong_is_told_and_the_rest_works() {
    let broken = format!(
        "pack = \"acme\"\nrulez = 1\n{RULE}{}{}{}{}{RULE}",
        "[[rule]]\nid = \"no-title\"\nwhen = \"flow\"\n",
        RULE.replace("unsigned", "wrong-when")
            .replace("not signed", "not singed"),
        RULE.replace("unsigned", "no-category")
            .replace("\"Tampering\"", "\"Spooning\""),
        RULE.replace("unsigned", "odd")
            .replace("\"high\"", "\"huge\""),
    );
    assert_eq!(
        faults(&broken),
        [
            "2:1 there is no rulez in a pack; what there is: pack, rule, methodology",
            "14:1 a rule lacks its title",
            "20:23 when: there is no word \"singed\"; the nearest is \"signed\"",
            "38:19 STRIDE has no category \"Spooning\"",
            "47:12 a severity is \"Low\", \"Medium\", \"High\" or \"Critical\", not \"huge\"",
            "52:6 line 4 has a rule with this id already",
        ]
    );
    assert_eq!(read(&broken).rules.len(), 1);
}

#[test]
fn a_fault_of_an_expression_has_its_place_in_every_kind_of_string() {
    let cases = [
        ("'flow and pubic'", "1:18"),
        ("'''flow and pubic'''", "1:20"),
        ("\"flow\\u0020and\\tpubic\"", "1:24"),
        ("\"\"\"\nflow\n  and pubic\"\"\"", "3:7"),
        ("\"\"\"\\\n  flow and \\\n  pubic\\\n\"\"\"", "3:3"),
        ("\"name is \\\"\\U0001F600\\\" pubic\"", "1:32"),
    ];
    for (when, place) in cases {
        let text = format!("pack = \"acme\"\n{RULE}").replace("\"store and not signed\"", when);
        let told = faults(&text);
        let lines_before = 4;
        let (line, column) = place.split_once(':').expect("a place");
        let line: usize = line.parse().expect("a line");
        let place = format!("{}:{column} when: ", line + lines_before);
        assert!(told[0].starts_with(&place), "{when}: {told:?}, not {place}");
    }
}

#[test]
fn what_is_no_pack_has_one_fault() {
    let unnamed = faults(RULE);
    assert_eq!(
        unnamed,
        ["1:1 a pack begins with its name, such as pack = \"acme\""]
    );
    assert_eq!(
        faults("pack = \"wyvern\"\n[[rule]]"),
        ["2:1 a rule lacks its title"],
    );
    let own = read(&format!("pack = \"wyvern\"\n{RULE}"));
    assert_eq!(own.rules, []);
    assert_eq!(
        own.faults[0].sentence,
        "the pack wyvern is Wyvern's own: choose another name"
    );
    assert!(faults("pack = ")[0].starts_with("1:"));
    assert!(faults("pack = \"a\"\nrule = 1")[0].contains("[[rule]]"));
}

#[test]
fn a_team_defines_a_methodology() {
    let pack = read(&format!(
        "pack = \"acme\"\n{}\n{}",
        RULE.replace(
            "category.STRIDE = \"Tampering\"",
            "category.ACME = \"Fraud\""
        ),
        "[[methodology]]\nid = \"ACME\"\nname = \"Acme's own\"\ncategories.store = [\"Fraud\"]\n",
    ));
    assert_eq!(pack.faults, []);
    let model = r#"{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D",
        "diagramType":"ACME","cells":[{"id":"s","shape":"store","data":{}}]}]}}"#;
    let document = Document::parse(model.into()).expect("a model");
    let found = suggest(&document, &[&pack], &Wanted::default());
    assert_eq!(found.list[0].category, "Fraud");
    assert_eq!(
        found.list[0].methodology,
        Methodology::Other("ACME".to_owned())
    );
}

#[test]
fn so_many_faults_are_told_that_they_can_be_read() {
    let told = faults(&format!("pack = \"acme\"\n{}", "[[rule]]\n".repeat(10_000)));
    assert_eq!(told.len(), 101);
    assert_eq!(told[99], "101:1 a rule lacks its title");
    assert_eq!(
        told[100],
        "102:1 from here on nothing is read: mend what is told above first"
    );
}

#[test]
fn all_packs_together_have_as_many_rules_as_can_be_asked() {
    let pack = |name: &str| {
        let rules = (0..900).map(|number| RULE.replace("id = \"", &format!("id = \"r{number}-")));
        read(&format!("pack = \"{name}\"\n{}", rules.collect::<String>()))
    };
    let mut packs = [pack("a"), pack("b"), pack("b"), pack("c"), pack("d")];
    without_twins(&mut packs);
    let counts = packs
        .each_ref()
        .map(|pack| (pack.rules.len(), pack.faults.len()));
    assert_eq!(counts, [(900, 0), (900, 0), (0, 100), (200, 1), (0, 1)]);
    let told = |pack: &Pack| pack.faults.last().map(|fault| fault.sentence.clone());
    assert_eq!(
        told(&packs[3]).as_deref(),
        Some("all packs together have at most 2000 rules: of these the first 200 are asked")
    );
}

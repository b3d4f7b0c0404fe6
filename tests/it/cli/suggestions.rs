//! docs/suggestions.md: its packs and expressions are read, its words are all there are, its commands run.

use wyvern::suggest::{Expression, Fact, Pack, Relation, Text};

use super::work::Work;

const PAGE: &str = include_str!("../../../docs/suggestions.md");

/// The blocks of code in this language.
pub(super) fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    let fences = PAGE.split(fence.as_str()).skip(1);
    let blocks = fences.map(|rest| rest.split("\n```").next().unwrap());
    blocks.collect()
}

#[test]
fn its_packs_and_its_expressions_are_understood() {
    let packs = blocks("toml");
    assert_eq!(packs.len(), 2);
    for text in packs {
        let pack = Pack::read("acme.toml", text);
        assert_eq!(pack.faults, []);
        assert_eq!(pack.rules.len(), 1);
    }
    let expressions = blocks("text");
    let lines: Vec<_> = expressions.iter().flat_map(|block| block.lines()).collect();
    assert!(lines.len() > 4);
    for line in lines {
        assert!(Expression::parse(line).is_ok(), "{line}");
    }
}

#[test]
fn its_tables_have_every_word() {
    let rows: Vec<_> = PAGE
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let rows = rows.join("\n");
    for fact in Fact::ALL {
        assert!(rows.contains(&format!("`{}`", fact.word())), "{fact:?}");
    }
    for relation in Relation::ALL {
        let is_end = matches!(relation, Relation::Source | Relation::Target);
        let some = if is_end { "" } else { "some " };
        let written = format!("`{some}{}(e)`", relation.word());
        assert!(rows.contains(&written), "{written}");
        assert!(Expression::parse(&written.replace("(e)", "(flow)").replace('`', "")).is_ok());
    }
    for text in Text::ALL {
        assert!(PAGE.contains(&format!("`{}`", text.word())), "{text:?}");
    }
}

#[test]
fn its_commands_run() {
    let work = Work::create();
    let shop = r#"{"version":"2.0","summary":{"title":"Shop"},"detail":{"diagrams":[{"id":0,"title":"D","diagramType":"STRIDE","cells":[
        {"id":"a","shape":"actor","position":{"x":0,"y":0},"size":{"width":9,"height":9},"data":{"name":"Ann"}},
        {"id":"b","shape":"trust-boundary-box","position":{"x":90,"y":0},"size":{"width":99,"height":99},"data":{}},
        {"id":"p","shape":"process","position":{"x":95,"y":5},"size":{"width":9,"height":9},"data":{"name":"Shop"}},
        {"id":"f","shape":"flow","source":{"cell":"a"},"target":{"cell":"p"},"data":{"name":"Card payment"}}]}]}}"#;
    work.write("ThreatDragonModels/Shop/Shop.json", shop);
    work.write(".wyvern/rules/acme.toml", blocks("toml")[0]);
    work.write(".wyvern/rules/refunds.toml", blocks("toml")[1]);
    let [commands] = blocks("sh")[..] else {
        panic!("there is one script");
    };
    let ended = work.shell(commands, &[]);
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
    assert!(
        ended.data.starts_with("2 packs, 2 rules: in order\n"),
        "{}",
        ended.data
    );
    assert!(
        ended
            .data
            .contains("Payment data read between zones (acme/plain-payments)")
    );
    assert!(
        ended.data.ends_with("\n1 model: 1 threat added\n"),
        "{}",
        ended.data
    );
}

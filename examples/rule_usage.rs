//! Prints which rules fire on models, as Markdown: `cargo run --example rule_usage FILE…`.

#![expect(clippy::print_stdout, reason = "the table goes to standard output")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use wyvern::model::{CellShape, Document, upgrade};
use wyvern::suggest::{Pack, Wanted, built_in, suggest};

/// A kind of element, with its elements and what was suggested for them.
#[derive(Default)]
struct Kind {
    elements: usize,
    suggested: usize,
    /// By rule, on how many elements it fired.
    rules: BTreeMap<String, usize>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("| Model | Kind | Elements | Suggestions | Per element | Rules | Most often |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | --- |");
    let packs: Vec<&Pack> = built_in().iter().collect();
    let mut fired = BTreeSet::new();
    for path in std::env::args().skip(1) {
        let document = upgrade(&Document::parse(std::fs::read(&path)?.into())?)?;
        for (name, kind) in kinds(&document, &packs) {
            print(&document, name, &kind);
            fired.extend(kind.rules.into_keys());
        }
    }
    let all = packs.iter().map(|pack| pack.rules.len()).sum::<usize>();
    println!("\n{} of {all} rules fired.", fired.len());
    Ok(())
}

/// The elements in scope of a model by kind, with what is suggested for them.
fn kinds(document: &Document, packs: &[&Pack]) -> BTreeMap<&'static str, Kind> {
    let mut kinds: BTreeMap<&'static str, Kind> = BTreeMap::new();
    let mut by_id = BTreeMap::new();
    for diagram in document.diagrams() {
        for cell in diagram.cells() {
            let Some(name) = kind(&cell.shape()) else {
                continue;
            };
            kinds.entry(name).or_default().elements += 1;
            by_id.insert((diagram.id(), cell.id().into_owned()), name);
        }
    }
    for each in suggest(document, packs, &Wanted::default()).list {
        let Some(name) = by_id.get(&(each.diagram, each.element)) else {
            continue;
        };
        let kind = kinds.entry(name).or_default();
        kind.suggested += 1;
        *kind.rules.entry(each.rule.id.clone()).or_default() += 1;
    }
    kinds
}

fn kind(shape: &CellShape) -> Option<&'static str> {
    match shape {
        CellShape::Actor => Some("actor"),
        CellShape::Process => Some("process"),
        CellShape::Store => Some("store"),
        CellShape::Flow => Some("flow"),
        _ => None,
    }
}

fn print(document: &Document, name: &str, kind: &Kind) {
    let Kind {
        elements,
        suggested,
        rules,
    } = kind;
    let most = rules.iter().max_by_key(|(_, times)| **times);
    let most = most.map_or_else(String::new, |(rule, times)| {
        format!("`{rule}` on {times} of {elements}")
    });
    let tenths = suggested * 10 / (*elements).max(1);
    let (title, rules) = (document.title(), rules.len());
    let (whole, tenth) = (tenths / 10, tenths % 10);
    println!(
        "| {title} | {name} | {elements} | {suggested} | {whole}.{tenth} | {rules} | {most} |"
    );
}

//! `wyvern library`: what is told about packs, and the schema that editors check them by.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};
use wyvern::model::methodologies;
use wyvern::suggest::{Pack, SCHEMA};

use super::program::{Ended, run, wyvern};
use super::suggest::PACK;
use super::suggestions::blocks;
use super::work::Work;

fn library(folder: &Path, arguments: &[&str]) -> Ended {
    run(&mut wyvern(folder, &[&["library"], arguments].concat()))
}

#[test]
fn packs_in_order_are_counted() {
    let work = Work::create();
    work.write(".wyvern/rules/acme.toml", PACK);
    work.write(".wyvern/rules/more.toml", "pack = \"more\"");
    work.write("below/deep/notes.md", "");
    let expected = (
        Some(0),
        "2 packs, 3 rules: in order\n".to_owned(),
        String::new(),
    );
    let told = |folder: &str, paths: &[&str]| {
        let arguments = [&["check"], paths].concat();
        let ended = library(&work.path().join(folder), &arguments);
        (ended.code, ended.data, ended.words)
    };
    assert_eq!(told("", &[]), expected);
    assert_eq!(told("below/deep", &[]), expected);
    assert_eq!(told("", &["."]), expected);
    assert_eq!(told("", &[".wyvern/rules"]), expected);
    let files = [
        ".wyvern/rules/acme.toml",
        ".wyvern/rules/more.toml",
        ".wyvern/rules/more.toml",
    ];
    assert_eq!(told("", &files), expected);
}

#[test]
fn every_fault_has_its_place() {
    let work = Work::create();
    work.write("a/one.toml", &PACK.replace("\"Medium\"", "\"M\\u001b[2J\""));
    work.write("a/two.toml", PACK);
    work.write("three.toml", "pack = \"three\"\n\n  oops");
    let ended = library(
        work.path(),
        &["check", "a", "three.toml", "gone.toml", "a/../b"],
    );
    let data = "a/one.toml:15:12: a severity is \"Low\", \"Medium\", \"High\" or \"Critical\", not \"M\\u{1b}[2J\"\n\
        a/two.toml:1:1: the rule acme/no-copy is in a/one.toml already\n\
        a/two.toml:1:1: the rule acme/unknown-caller is in a/one.toml already\n\
        three.toml:3:7: this is not TOML: key with no value, expected `=`\n\
        3 packs, 3 rules: 4 faults\n";
    assert_eq!(ended.data, data);
    let words = "gone.toml: No such file or directory (os error 2)\n\
        a/../b: No such file or directory (os error 2)\n";
    assert_eq!((ended.code, ended.words.as_str()), (Some(3), words));
    assert_eq!(library(work.path(), &["check", "three.toml"]).code, Some(1));
}

#[test]
fn where_there_are_no_packs_nothing_is_in_order() {
    let work = Work::create();
    let words = ".: there is nothing to check here; a repository keeps it in .wyvern/rules, \
         .wyvern/library, .wyvern/templates and .wyvern/sources.toml\n";
    let ended = library(work.path(), &["check"]);
    assert_eq!(
        (ended.code, ended.data.as_str(), ended.words.as_str()),
        (Some(3), "", words)
    );
}

#[test]
fn as_many_packs_are_read_as_the_server_reads() {
    let work = Work::create();
    for number in 0..51 {
        work.write(
            &format!("{number:02}.toml"),
            &format!("pack = \"p{number}\""),
        );
    }
    let ended = library(work.path(), &["check", "."]);
    let data =
        "50.toml:1:1: only the first 50 packs of a folder are read\n51 packs, 0 rules: 1 fault\n";
    assert_eq!((ended.code, ended.data.as_str()), (Some(1), data));
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

fn value(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

#[test]
fn the_schema_is_printed_and_takes_every_pack() {
    let printed = library(Path::new("."), &["schema"]);
    assert_eq!((printed.code, printed.data.as_str()), (Some(0), SCHEMA));
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();

    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/suggest/rules");
    let files = fs::read_dir(built_in).into_iter().flatten();
    let texts = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let examples = blocks("toml").into_iter().map(str::to_owned);
    let validator = validator();
    for text in texts.chain(examples).chain([PACK.to_owned()]) {
        let faults = validator
            .iter_errors(&value(&text))
            .map(|error| error.to_string())
            .collect::<Vec<_>>();
        assert!(faults.is_empty(), "{text}\n{}", faults.join("\n"));
    }
}

#[test]
fn the_schema_names_the_categories_that_there_are() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let named = &schema["$defs"]["categories"]["properties"];
    assert_eq!(named.as_object().unwrap().len(), 5);
    for (id, categories) in methodologies().filter(|(id, _)| named.get(id).is_some()) {
        let listed = named[id]["enum"].as_array().unwrap();
        let is_there = |category: &Value| categories.has(category.as_str().unwrap());
        assert!(listed.iter().all(is_there), "{id}");
        let kinds = [
            &categories.actor,
            &categories.process,
            &categories.store,
            &categories.flow,
        ];
        let mut all = kinds.into_iter().flatten();
        assert!(all.all(|name| listed.contains(&json!(name))), "{id}");
    }
}

#[test]
fn what_the_schema_refuses_is_refused_when_it_is_read() {
    let validator = validator();
    let changes = [
        ("pack = \"acme\"", ""),
        ("pack = \"acme\"", "pack = \"Acme Inc\""),
        ("pack = \"acme\"", "pack = \"acme\"\nversion = 1"),
        ("id = \"no-copy\"", ""),
        ("id = \"no-copy\"", "id = \"no copy\""),
        ("when = \"store\"", "when = 1"),
        ("when = \"store\"", "when = \" \""),
        ("title = \"Lost with its disk\"", "title = \"\""),
        ("because = \"It is a store.\"", ""),
        (
            "mitigation = \"Keep a copy elsewhere.\"",
            "advice = \"Keep a copy elsewhere.\"",
        ),
        ("severity = \"High\"", "severity = \"Huge\""),
        ("references = [\"CWE-311\"]", "references = \"CWE-311\""),
        ("references = [\"CWE-311\"]", "references = [311]"),
        ("category.ACME = \"Fraud\"", "category = {}"),
        ("category.ACME = \"Fraud\"", "category.STRIDE = \"Fraud\""),
        ("name = \"Acme's own\"", ""),
        ("actor = [", "person = ["),
    ];
    for (part, change) in changes {
        let text = PACK.replacen(part, change, 1);
        assert_ne!(text, PACK, "{part}");
        assert!(!validator.is_valid(&value(&text)), "{part} -> {change}");
        assert_ne!(
            Pack::read("acme.toml", &text).faults,
            [],
            "{part} -> {change}"
        );
    }
    let long = PACK.replace("Lost with its disk", &"x".repeat(4_001));
    assert!(!validator.is_valid(&value(&long)));
    assert_ne!(Pack::read("acme.toml", &long).faults, []);
}

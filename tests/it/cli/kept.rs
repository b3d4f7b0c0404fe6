//! `wyvern library check` and `schema` of what is kept besides rules.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use wyvern::library::{Library, SCHEMA};

use super::program::{Ended, run, wyvern};
use super::suggest::PACK;
use super::work::Work;
use crate::support::CHECKOUT;

const LIBRARY: &str = r#"library = "acme"

[[mitigation]]
id = "signed"
title = "Sign webhooks"
description = "With HMAC."
tags = ["webhook"]

[[threat]]
id = "forged"
title = "Forged webhook"
description = "Anybody sends events."
mitigation = "Do not believe it."
mitigations = ["signed"]
severity = "High"
references = ["CWE-345"]
category.STRIDE = "Spoofing"
"#;
const SOURCES: &str = "[[source]]\nrepository = \"acme/security\"\ntag = \"v1\"\n";

fn library(folder: &Path, arguments: &[&str]) -> Ended {
    run(&mut wyvern(folder, &[&["library"], arguments].concat()))
}

/// A repository that keeps something of each kind.
fn whole() -> Work {
    let work = Work::create();
    work.write(".wyvern/rules/acme.toml", PACK);
    work.write(".wyvern/library/acme.toml", LIBRARY);
    work.write(".wyvern/templates/checkout.json", CHECKOUT);
    work.write(".wyvern/templates/README.md", "Ours");
    work.write(".wyvern/sources.toml", SOURCES);
    work
}

#[test]
fn everything_that_is_kept_is_counted() {
    let work = whole();
    let counted = "1 pack, 3 rules, 1 library file, 1 threat, 1 mitigation, 1 template, 1 source: \
                   in order\n";
    let ended = library(work.path(), &["check"]);
    assert_eq!((ended.code, ended.data.as_str()), (Some(0), counted));
    let named = [
        "check",
        ".wyvern/rules",
        ".wyvern/library",
        ".wyvern/templates",
        ".wyvern/sources.toml",
        ".wyvern/library/acme.toml",
    ];
    assert_eq!(library(work.path(), &named).data, counted);
}

#[test]
fn a_library_is_known_wherever_it_is() {
    let work = Work::create();
    work.write("shared/threats.toml", LIBRARY);
    work.write("shared/rules.toml", PACK);
    let told = "1 pack, 3 rules, 1 library file, 1 threat, 1 mitigation: in order\n";
    assert_eq!(library(work.path(), &["check", "shared"]).data, told);
    work.write(".wyvern/library/torn.toml", "libary = \"acme\"");
    let told = ".wyvern/library/torn.toml:1:1: a library begins with its name, such as library = \
                \"acme\"\n1 library file: 1 fault\n";
    assert_eq!(library(work.path(), &["check"]).data, told);
}

#[test]
fn every_fault_has_its_place() {
    let work = whole();
    work.write(
        ".wyvern/library/more.toml",
        &LIBRARY.replace("title", "titel"),
    );
    work.write(".wyvern/library/twin.toml", LIBRARY);
    work.write(".wyvern/templates/broken.json", "{\n\"a\" 1}");
    work.write(
        ".wyvern/sources.toml",
        &format!(
            "{SOURCES}{}",
            SOURCES
                .replace("acme/security", "acme")
                .replace("v1", "a..b")
        ),
    );
    let ended = library(work.path(), &["check"]);
    let data = "\
        .wyvern/library/more.toml:5:1: there is no titel in [[mitigation]]; what there is: id, title, \
        description, references, tags\n\
        .wyvern/library/more.toml:11:1: there is no titel in [[threat]]; what there is: id, title, \
        description, mitigation, mitigations, severity, references, tags, category\n\
        .wyvern/library/twin.toml:9:1: the threat acme/forged is in .wyvern/library/acme.toml already\n\
        .wyvern/library/twin.toml:3:1: the mitigation acme/signed is in .wyvern/library/acme.toml \
        already\n\
        .wyvern/templates/broken.json:2:5: a colon is expected here\n\
        .wyvern/sources.toml:4:1: the repository name \"acme\" is refused: it must be owner/name\n\
        1 pack, 3 rules, 3 library files, 1 threat, 1 mitigation, 2 templates, 2 sources: 6 faults\n";
    assert_eq!((ended.code, ended.data.as_str()), (Some(1), data));
}

#[cfg(unix)]
#[test]
fn what_is_a_link_or_no_text_or_too_long_is_told() {
    let work = whole();
    let rest = work.path().join(".wyvern");
    std::os::unix::fs::symlink("acme.toml", rest.join("library/link.toml")).unwrap();
    std::os::unix::fs::symlink("checkout.json", rest.join("templates/link.json")).unwrap();
    fs::write(rest.join("library/latin.toml"), b"# \xe9").unwrap();
    let long = CHECKOUT.replacen('{', &format!("{{{}", " ".repeat(4 << 20)), 1);
    work.write(".wyvern/templates/long.json", &long);
    let ended = library(work.path(), &["check"]);
    let data = "\
        .wyvern/library/latin.toml:1:1: a library is text in UTF-8\n\
        .wyvern/library/link.toml:1:1: a library is a file, and no symbolic link\n\
        .wyvern/templates/link.json:1:1: a template is a file, and no symbolic link\n\
        .wyvern/templates/long.json:1:1: a template has at most 4194304 bytes\n\
        1 pack, 3 rules, 3 library files, 1 threat, 1 mitigation, 3 templates, 1 source: 4 faults\n";
    assert_eq!((ended.code, ended.data.as_str()), (Some(1), data));
}

#[test]
fn the_schema_of_libraries_takes_and_refuses_what_is_read_and_refused() {
    let printed = library(Path::new("."), &["schema", "library"]);
    assert_eq!((printed.code, printed.data.as_str()), (Some(0), SCHEMA));
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let rules: Value = serde_json::from_str(wyvern::suggest::SCHEMA).unwrap();
    for shared in ["identifier", "text", "texts", "categories"] {
        assert_eq!(schema["$defs"][shared], rules["$defs"][shared]);
    }
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let is_valid = |text: &str| {
        let value: Value = toml::from_str(text).unwrap();
        let is_read = Library::read("acme.toml", text, &[]).faults.is_empty();
        assert_eq!(validator.is_valid(&value), is_read, "{text}");
        is_read
    };
    assert!(is_valid(LIBRARY));
    assert!(is_valid("library = \"acme\""));
    let changes = [
        ("library = \"acme\"", ""),
        ("library = \"acme\"", "library = \"Acme\""),
        ("library = \"acme\"", "library = \"acme\"\nversion = 1"),
        ("id = \"signed\"\n", ""),
        ("description = \"With HMAC.\"", "description = \" \""),
        ("tags = [\"webhook\"]", "tags = \"webhook\""),
        ("title = \"Forged webhook\"", "title = 1"),
        ("[\"signed\"]", "\"signed\""),
        ("severity = \"High\"", "severity = \"Huge\""),
        (
            "category.STRIDE = \"Spoofing\"",
            "category.STRIDE = \"Fraud\"",
        ),
        ("category.STRIDE = \"Spoofing\"", ""),
        ("mitigation = \"Do not believe it.\"", "advice = \"None\""),
    ];
    for (part, change) in changes {
        let text = LIBRARY.replacen(part, change, 1);
        assert_ne!(text, LIBRARY, "{part}");
        assert!(!is_valid(&text), "{part} -> {change}");
    }
    assert_eq!(json!(1_000), schema["properties"]["threat"]["maxItems"]);
}

/// The blocks of docs/libraries.md in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    const PAGE: &str = include_str!("../../../docs/libraries.md");
    let fence = format!("\n```{language}\n");
    let fences = PAGE.split(fence.as_str()).skip(1);
    fences
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect()
}

#[test]
fn what_the_manual_shows_is_in_order() {
    let work = Work::create();
    let [threats, sources] = blocks("toml").try_into().unwrap();
    let [template] = blocks("json").try_into().unwrap();
    work.write(".wyvern/library/webhooks.toml", threats);
    work.write(".wyvern/sources.toml", sources);
    work.write(".wyvern/templates/sign-in.json", template);
    let [commands] = blocks("sh").try_into().unwrap();
    let told = commands.lines().map(|line| {
        let arguments: Vec<_> = line.split(' ').skip(2).collect();
        let ended = library(work.path(), &arguments);
        assert_eq!(ended.code, Some(0), "{line}: {}{}", ended.data, ended.words);
        ended.data
    });
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [
            "1 library file, 1 threat, 1 mitigation, 1 template, 1 source: in order\n",
            SCHEMA,
        ]
    );
}

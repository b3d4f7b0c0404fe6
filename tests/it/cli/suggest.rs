//! `wyvern suggest`: what is told for which model, and how it is added.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use super::program::{Ended, run, wyvern};
use super::work::Work;

/// Rules for a methodology of their own, in which no other rule is asked.
pub(super) const PACK: &str = r#"pack = "acme"

[[methodology]]
id = "ACME"
name = "Acme's own"
categories = { actor = ["Fraud"], process = ["Fraud"], store = ["Fraud", "Loss"], flow = ["Loss"] }

[[rule]]
id = "plain-store"
when = "store and not encrypted"
title = "Read from the disk"
because = "The store is not encrypted."
description = "Somebody takes the disk."
mitigation = "Encrypt it."
severity = "Medium"
references = ["CWE-311"]
category.ACME = "Loss"

[[rule]]
id = "no-copy"
when = "store"
title = "Lost with its disk"
because = "It is a store."
description = "The disk breaks."
mitigation = "Keep a copy elsewhere."
severity = "High"
category.ACME = "Loss"

[[rule]]
id = "unknown-caller"
when = "process and some sender(actor and not authenticates)"
title = "Called by anybody"
because = "An actor without authentication calls it."
description = "Anybody uses it."
mitigation = "Ask who it is."
category.ACME = "Fraud"
"#;

/// Two diagrams; the store of the first has a threat and a dismissal, its name means harm.
pub(super) const MODEL: &str = r#"{
	"version": "2.0", "summary": { "title": "Shop" },
	"detail": { "threatTop": 7, "diagrams": [
		{ "id": 0, "title": "Main", "diagramType": "ACME", "cells": [
			{ "id": "a", "shape": "actor", "data": { "name": "Ann" } },
			{ "id": "s", "shape": "store", "data": { "name": "Orders\u001b[2J\u202e", "hasOpenThreats": true,
				"threats": [ { "id": "t", "number": 7, "title": "Renamed", "status": "Open", "wyvern": { "rule": "acme/no-copy" } } ],
				"wyvern": { "dismissed": { "acme/plain-store": "Holds\nnothing\u001b[2J" } } } },
			{ "id": "p", "shape": "process", "data": { "name": "Web" } },
			{ "id": "f", "shape": "flow", "source": { "cell": "a" }, "target": { "cell": "p" }, "data": { "name": "Order" } }
		] },
		{ "id": 3, "title": "", "diagramType": "ACME", "cells": [
			{ "id": "s", "shape": "store", "data": { "name": "Stock", "threats": [  ] } }
		] }
	] }
}
"#;

fn work() -> Work {
    let work = Work::create();
    work.write(".wyvern/rules/acme.toml", PACK);
    work.write("models/shop.json", MODEL);
    work
}

fn suggest(work: &Work, arguments: &[&str]) -> Ended {
    run(&mut wyvern(
        work.path(),
        &[&["suggest"], arguments].concat(),
    ))
}

fn ended(code: i32, data: &str, words: &str) -> Ended {
    Ended {
        code: Some(code),
        data: data.to_owned(),
        words: words.to_owned(),
    }
}

const WEB: &str = "models/shop.json: Main / Web (process)
  TBD       Called by anybody (acme/unknown-caller)
            An actor without authentication calls it.
";
const STOCK: &str = "models/shop.json: diagram 3 / Stock (data store)
  High      Lost with its disk (acme/no-copy)
            It is a store.
  Medium    Read from the disk (acme/plain-store)
            The store is not encrypted.
";

#[test]
fn what_is_new_is_told_by_element_with_the_gravest_first() {
    let work = work();
    let all = format!("{WEB}{STOCK}\n1 model: 3 new suggestions\n");
    assert_eq!(suggest(&work, &["models"]), ended(0, &all, ""));
    let only = |arguments: &[&str]| suggest(&work, &[&["models/shop.json"], arguments].concat());
    let stock = format!("{STOCK}\n1 model: 2 new suggestions\n");
    assert_eq!(only(&["--diagram", "3"]), ended(0, &stock, ""));
    assert_eq!(only(&["--element=s"]), ended(0, &stock, ""));
    let web = format!("{WEB}\n1 model: 1 new suggestion\n");
    assert_eq!(only(&["--element=p", "--element=a"]), ended(0, &web, ""));
    assert_eq!(
        only(&["--element=gone"]),
        ended(0, "1 model: 0 new suggestions\n", "")
    );
    assert!(
        only(&["--color=always"])
            .data
            .contains("  \u{1b}[31mHigh    \u{1b}[0m  Lost")
    );
    assert_eq!(suggest(&work, &[]).code, Some(2));
}

#[test]
fn what_is_there_and_what_was_dismissed_is_told_on_demand() {
    let orders = "models/shop.json: Main / Orders [2J (data store)
  High      Lost with its disk (acme/no-copy, present)
            It is a store.
  Medium    Read from the disk (acme/plain-store, dismissed: Holds nothing\\u{1b}[2J)
            The store is not encrypted.
";
    let told = suggest(&work(), &["--all", "models", "--diagram=0"]);
    let expected = format!("{orders}{WEB}\n1 model: 1 new suggestion, 1 present, 1 dismissed\n");
    assert_eq!(told, ended(0, &expected, ""));
}

#[test]
fn programs_get_all_of_it() {
    let told = suggest(&work(), &["--format=json", "--all", "models"]);
    let told: Value = serde_json::from_str(&told.data).unwrap();
    let summary = r#"{"models":1,"new":3,"present":1,"dismissed":1,"added":0,"unread":0}"#;
    assert_eq!(told["summary"].to_string(), summary);
    assert_eq!(
        (&told["version"], &told["faults"]),
        (&1.into(), &Value::Array(vec![]))
    );
    let model = &told["models"][0];
    assert_eq!(
        (&model["path"], &model["left_out"]),
        (&"models/shop.json".into(), &0.into())
    );
    let expected = serde_json::json!({
        "rule": "acme/plain-store", "origin": ".wyvern/rules/acme.toml",
        "subject": {
            "diagram": { "id": 0, "title": "Main" },
            "cell": { "id": "s", "name": "Orders\u{1b}[2J\u{202e}", "kind": "data store" }
        },
        "diagram": 0, "element": "s", "methodology": "ACME", "category": "Loss",
        "title": "Read from the disk", "description": "Somebody takes the disk.",
        "mitigation": "Encrypt it.", "severity": "Medium", "because": "The store is not encrypted.",
        "references": ["CWE-311"], "state": "dismissed", "reason": "Holds\nnothing\u{1b}[2J"
    });
    assert_eq!(model["suggestions"][1], expected);
}

#[test]
fn what_is_new_is_added_and_all_else_stays_byte_for_byte() {
    let work = work();
    let added = suggest(&work, &["--apply", "models"]);
    let all = format!("{WEB}{STOCK}\n1 model: 3 threats added\n");
    assert_eq!(added, ended(0, &all, ""));
    let text = work.read("models/shop.json");
    // Only these have anything new: the elements with threats now, and the highest number.
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(MODEL), lines(&text));
    let kept = |line: &&String| {
        !line.contains("threatTop") && !line.contains("Web") && !line.contains("Stock")
    };
    assert!(
        before.iter().filter(kept).all(|line| after.contains(line)),
        "{text}"
    );
    assert!(
        text.contains("\"threatTop\": 10,") && text.contains("\"Orders\\u001b[2J\\u202e\""),
        "{text}"
    );

    let model: Value = serde_json::from_str(&text).unwrap();
    let stock = &model["detail"]["diagrams"][1]["cells"][0]["data"];
    let threat = &stock["threats"][0];
    assert_eq!(
        (&stock["hasOpenThreats"], &threat["number"]),
        (&true.into(), &9.into())
    );
    assert_eq!(threat["wyvern"]["rule"], "acme/no-copy");
    assert_eq!(
        (&threat["status"], &threat["type"]),
        (&"Open".into(), &"Loss".into())
    );
    let ids = [&threat["id"], &stock["threats"][1]["id"]].map(|id| id.as_str().unwrap());
    let version = |id: &str| uuid::Uuid::parse_str(id).unwrap().get_version_num();
    assert_eq!(ids.map(version), [4, 4]);
    assert_ne!(ids[0], ids[1]);

    let again = suggest(&work, &["--apply", "models"]);
    assert_eq!(again, ended(0, "1 model: 0 threats added\n", ""));
    assert_eq!(work.read("models/shop.json"), text);
}

#[test]
fn rules_may_be_chosen_and_a_slip_adds_nothing() {
    let work = work();
    let slip = suggest(&work, &["--apply=acme/no-copy,acme/no-cpoy", "models"]);
    assert_eq!(slip, ended(2, "", "there is no rule acme/no-cpoy\n"));
    assert_eq!(work.read("models/shop.json"), MODEL);
    let chosen = [
        "--apply=acme/no-copy,acme/unknown-caller",
        "models",
        "--format=json",
    ];
    let told: Value = serde_json::from_str(&suggest(&work, &chosen).data).unwrap();
    assert_eq!(
        (&told["summary"]["added"], &told["models"][0]["added"]),
        (&2.into(), &2.into())
    );
    let left = suggest(&work, &["models"]).data;
    assert!(
        left.ends_with("\n1 model: 1 new suggestion\n") && left.contains("acme/plain-store"),
        "{left}"
    );
}

#[test]
fn a_broken_rule_is_told_and_the_others_are_asked() {
    let work = work();
    let broken = PACK.replace("store and not encrypted", "store and not encripted");
    work.write(".wyvern/rules/acme.toml", &broken);
    work.write(
        ".wyvern/rules/b.TOML",
        &PACK.replace("\"acme\"", "\"b\u{202e}\""),
    );
    work.write(".wyvern/rules/notes.md", "no pack");
    symlink("acme.toml", work.path().join(".wyvern/rules/link.toml")).unwrap();
    let told = suggest(&work, &["models", "--diagram=3"]);
    let words = ".wyvern/rules/acme.toml:10:23: when: there is no word \"encripted\"; the nearest is \"encrypted\"\n\
        .wyvern/rules/b.TOML:1:8: pack has letters a to z, digits and \"-\", at most 80 of them\n\
        .wyvern/rules/link.toml:1:1: a pack is a file, and no symbolic link\n";
    assert_eq!((told.code, told.words.as_str()), (Some(5), words));
    assert!(
        told.data.ends_with("\n1 model: 1 new suggestion\n"),
        "{}",
        told.data
    );
    let json = suggest(&work, &["models", "--format=json"]).data;
    let json: Value = serde_json::from_str(&json).unwrap();
    let file = (&json["faults"][0]["file"], &json["faults"][0]["line"]);
    assert_eq!(file, (&".wyvern/rules/acme.toml".into(), &10.into()));
}

#[test]
fn a_folder_of_rules_that_is_a_link_is_not_followed() {
    let (work, other) = (work(), Work::create());
    other.write("model.json", MODEL);
    symlink(work.path().join(".wyvern"), other.path().join(".wyvern")).unwrap();
    let words = ".wyvern/rules:1:1: .wyvern/rules is a folder, and no symbolic link\n";
    let told = suggest(&other, &["model.json"]);
    assert_eq!(told, ended(5, "1 model: 0 new suggestions\n", words));
}

#[test]
fn rules_from_elsewhere_are_asked_too() {
    let (work, other) = (work(), Work::create());
    other.write("model.json", MODEL);
    let new = |arguments: &[&str]| suggest(&other, &[&["model.json"], arguments].concat());
    let none = ended(0, "1 model: 0 new suggestions\n", "");
    assert_eq!(new(&[]), none);
    let top = work.path().to_str().unwrap();
    for path in ["", "/.wyvern/rules", "/.wyvern/rules/acme.toml"] {
        let told = new(&["--rules", &format!("{top}{path}")]);
        assert!(
            told.data.ends_with("\n1 model: 3 new suggestions\n"),
            "{told:?}"
        );
    }
    // The repository's own is read once.
    let own = suggest(
        &work,
        &["models", "--rules", ".", "--rules=.wyvern/rules/acme.toml"],
    );
    assert_eq!((own.code, own.words.as_str()), (Some(0), ""));
    let gone = new(&["--rules=gone"]);
    assert_eq!(
        gone,
        ended(2, "", "gone: No such file or directory (os error 2)\n")
    );
}

#[test]
fn without_a_repository_rules_are_in_the_folder_that_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("a/.wyvern/rules/acme.toml", PACK);
    write("a/below/model.json", MODEL);
    let told = |path: &str| run(&mut wyvern(folder.path(), &["suggest", path])).data;
    assert!(
        told("a").ends_with("\n1 model: 3 new suggestions\n"),
        "{}",
        told("a")
    );
    assert_eq!(told("a/below"), "1 model: 0 new suggestions\n");
}

#[test]
fn a_model_of_version_1_is_asked_and_not_changed() {
    let work = Work::create();
    let old = include_str!("../../fixtures/models/version-1.json");
    work.write("old.json", old);
    let pack = PACK
        .replace("when = \"store\"", "when = \"process\"")
        .replace("ACME", "STRIDE")
        .replace("\"Loss\"\n", "\"Tampering\"\n");
    let (head, rules) = pack.split_once("[[rule]]").unwrap();
    let name = head.lines().next().unwrap();
    let rules = rules.replace("\"Fraud\"\n", "\"Spoofing\"\n");
    work.write("acme.toml", &format!("{name}\n[[rule]]{rules}"));
    let told = suggest(&work, &["--rules=acme.toml", "old.json"]);
    assert!(told.data.contains("acme/no-copy"), "{told:?}");
    let words = "old.json: A version 1 model must be upgraded before it is edited.\n";
    let applied = suggest(&work, &["--rules=acme.toml", "old.json", "--apply"]);
    assert_eq!(
        applied,
        ended(3, "0 models: 0 threats added, 1 unreadable\n", words)
    );
    assert_eq!(work.read("old.json"), old);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_asked() {
    let work = work();
    work.write(
        "models/broken.json",
        &MODEL.replace("\"detail\": {", "\"detail\": {{"),
    );
    let told = suggest(&work, &["models"]);
    assert!(
        told.words.starts_with("models/broken.json:3:13: "),
        "{told:?}"
    );
    assert!(
        told.data
            .ends_with("\n1 model: 3 new suggestions, 1 unreadable\n"),
        "{told:?}"
    );
    assert_eq!(told.code, Some(5));
    assert_eq!(suggest(&work, &["models/broken.json"]).code, Some(3));
}

#[test]
fn packs_of_other_repositories_are_not_fetched_and_that_is_told() {
    let work = work();
    let source = "[[source]]\nrepository = 'acme/security'\ntag = 'v1'\n";
    work.write(".wyvern/sources.toml", source);
    let all = format!("{WEB}{STOCK}\n1 model: 3 new suggestions\n");
    let note = ".wyvern/sources.toml: packs of other repositories are not fetched; --rules PATH takes a \
                checkout of one\n";
    assert_eq!(suggest(&work, &["models"]), ended(0, &all, note));
}

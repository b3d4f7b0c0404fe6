//! What several repositories bring: an id names one thing, and every version says what changed.

use super::told;
use crate::library::{Kept, Library, SOURCES, Sources, TemplateFile, join};
use crate::suggest::{Fault, Pack, built_in};

fn library(origin: &str, name: &str, ids: &[&str]) -> Library {
    let threat = |id: &&str| {
        format!(
            "[[threat]]\nid = \"{id}\"\ntitle = \"{origin}\"\ndescription = \"D\"\ncategory.STRIDE = \"Spoofing\"\n"
        )
    };
    let mitigation =
        |id: &&str| format!("[[mitigation]]\nid = \"{id}\"\ntitle = \"M\"\ndescription = \"M\"\n");
    let text: String = ids.iter().map(threat).collect();
    let text = text + &ids.iter().map(mitigation).collect::<String>();
    let library = Library::read(origin, &format!("library = \"{name}\"\n{text}"), &[]);
    assert_eq!(told(&library.faults), [""; 0]);
    library
}

fn pack(origin: &str, ids: &[&str]) -> Pack {
    let rule = |id: &&str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nwhen = \"store\"\ntitle = \"{origin}\"\nbecause = \"B\"\ndescription = \"D\"\nmitigation = \"M\"\ncategory.STRIDE = \"Tampering\"\n"
        )
    };
    let text: String = ids.iter().map(rule).collect();
    Pack::read(origin, &format!("pack = \"acme\"\n{text}"))
}

fn kept(packs: Vec<Pack>, libraries: Vec<Library>) -> Kept {
    Kept {
        packs,
        libraries,
        ..Kept::default()
    }
}

/// The ids that can be taken, each with where it is from.
fn entries(kept: &Kept) -> Vec<(&str, &str)> {
    let entries = kept.entries(&[]);
    entries.map(|entry| (entry.id, entry.origin)).collect()
}

fn faults(kept: &Kept) -> Vec<String> {
    let told = kept.faults().map(|placed| {
        let Fault { line, sentence, .. } = placed.fault;
        format!("{}:{line} {sentence}", placed.file)
    });
    told.collect()
}

/// A repository and a source of it, which have some ids in common.
fn own_and_source() -> Kept {
    let own = kept(
        vec![pack("own.toml", &["a"])],
        vec![library("own-library.toml", "acme", &["b"])],
    );
    let source = kept(
        vec![pack("source.toml", &["a", "b", "c"])],
        vec![library(
            "source-library.toml",
            "acme",
            &["a", "b", "c", "d"],
        )],
    );
    join(own, [source])
}

#[test]
fn the_repositorys_own_comes_before_its_sources() {
    let whole = own_and_source();
    assert_eq!(
        entries(&whole),
        [
            ("acme/b", "own-library.toml"),
            ("acme/d", "source-library.toml"),
            ("acme/a", "own.toml"),
            ("acme/c", "source.toml"),
        ]
    );
    let mitigations = whole.mitigations();
    let mitigations: Vec<_> = mitigations
        .map(|(origin, each)| (each.id.as_str(), origin))
        .collect();
    assert_eq!(
        mitigations,
        [
            ("acme/b", "own-library.toml"),
            ("acme/a", "source-library.toml"),
            ("acme/c", "source-library.toml"),
            ("acme/d", "source-library.toml"),
        ]
    );
}

#[test]
fn what_a_source_has_twice_is_told_in_its_file() {
    assert_eq!(
        faults(&own_and_source()),
        [
            "source.toml:1 the rule acme/a is in own.toml already",
            "source-library.toml:2 the threat acme/a is in own.toml already",
            "source-library.toml:7 the threat acme/b is in own-library.toml already",
            "source-library.toml:12 the threat acme/c is in source.toml already",
            "source-library.toml:26 the mitigation acme/b is in own-library.toml already",
        ]
    );
}

#[test]
fn twins_of_one_repository_are_told_in_the_second_file() {
    let own = kept(
        vec![pack("r.toml", &["a"])],
        vec![
            library("1.toml", "acme", &["a", "b"]),
            library("2.toml", "acme", &["b"]),
        ],
    );
    let whole = join(own, []);
    assert_eq!(
        entries(&whole),
        [("acme/b", "1.toml"), ("acme/a", "r.toml")]
    );
    assert_eq!(
        faults(&whole),
        [
            "1.toml:2 the threat acme/a is in r.toml already",
            "2.toml:2 the threat acme/b is in 1.toml already",
            "2.toml:7 the mitigation acme/b is in 1.toml already",
        ]
    );
}

#[test]
fn every_rule_can_be_taken_without_its_condition() {
    let nothing = Kept::default();
    let rules = built_in().iter().map(|pack| pack.rules.len());
    assert_eq!(nothing.entries(built_in()).count(), rules.sum::<usize>());
    let cleartext = nothing
        .entries(built_in())
        .find(|entry| entry.id == "wyvern/cleartext-on-public-network")
        .expect("there is this rule");
    assert_eq!(cleartext.origin, "built-in");
    assert!(!cleartext.categories.is_empty());
}

#[test]
fn what_is_wrong_anywhere_is_told() {
    let mut own = kept(
        vec![Pack::unread("r.toml", "no pack")],
        vec![Library::unread("l.toml", "no library")],
    );
    own.templates.push(TemplateFile {
        origin: "t.json".to_owned(),
        read: Err(Fault::at_the_top("no template")),
    });
    own.sources = Sources::unread("no sources");
    assert_eq!(
        faults(&join(own, [])),
        [
            "r.toml:1 no pack".to_owned(),
            "l.toml:1 no library".to_owned(),
            "t.json:1 no template".to_owned(),
            format!("{SOURCES}:1 no sources"),
        ]
    );
}

#[test]
fn a_version_changes_with_whatever_is_put_into_a_model() {
    let text = "library = \"acme\"\n[[threat]]\nid = \"a\"\ntitle = \"T\"\ndescription = \"D\"\nmitigation = \"M\"\nseverity = \"Low\"\ntags = [\"t\"]\nreferences = [\"R\"]\ncategory.STRIDE = \"Spoofing\"\n";
    let version = |text: &str| {
        let library = Library::read("l.toml", text, &[]);
        assert_eq!(told(&library.faults), [""; 0]);
        let own = kept(vec![], vec![library]);
        let entry = own.entries(&[]).next().expect("one");
        entry.version()
    };
    // SHA-256 of 00…01 "T" 00…01 "D" 00…01 "M" 00…03 "Low", each length in eight bytes.
    assert_eq!(version(text), "fd0be2529075");
    let changes = [
        ("\"T\"", "\"U\""),
        ("\"D\"", "\"E\""),
        ("\"M\"", "\"N\""),
        ("\"Low\"", "\"High\""),
    ];
    let mut versions: Vec<_> = changes
        .iter()
        .map(|(from, to)| version(&text.replace(from, to)))
        .collect();
    versions.push(version(text));
    // Lengths tell where a text ends.
    versions.push(version(
        &text.replace("\"T\"", "\"TD\"").replace("\"D\"", "\"M\""),
    ));
    versions.sort();
    versions.dedup();
    assert_eq!(versions.len(), 6);
    let same = [
        ("\"t\"", "\"u\""),
        ("\"R\"", "\"S\""),
        ("Spoofing", "Tampering"),
    ];
    for (from, to) in same {
        assert_eq!(version(&text.replace(from, to)), version(text));
    }
}

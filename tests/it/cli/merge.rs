//! `wyvern merge`, by itself and as git runs it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::program::{Ended, run, wyvern};
use super::work::Work;

const FILE: &str = "ThreatDragonModels/Shop/Shop.json";
const OTHER: &str = "ThreatDragonModels/notes.json";

/// A model with these two fields in neighbouring lines.
fn model(owner: &str, description: &str) -> String {
    format!(
        "{{\n  \"version\": \"2.0\",\n  \"summary\": {{\n    \"title\": \"Shop\",\n    \
         \"owner\": \"{owner}\",\n    \"description\": \"{description}\"\n  }},\n  \
         \"detail\": {{\n    \"diagrams\": []\n  }}\n}}\n"
    )
}

/// Runs it on files with these contents: what it ends with, and what is in ours.
fn merge(base: Option<&str>, ours: &str, theirs: &str, more: &[&str]) -> (Ended, String) {
    let work = Work::create();
    if let Some(base) = base {
        work.write("base", base);
    }
    work.write("ours", ours);
    work.write("theirs", theirs);
    let arguments = [&["merge", "base", "ours", "theirs"], more].concat();
    let mut command = wyvern(work.path(), &arguments);
    let ended = run(work.prepare(&mut command));
    (ended, work.read("ours"))
}

#[test]
fn changes_of_both_sides_come_together() {
    let (base, ours) = (model("a", "b"), model("ours", "b"));
    let (ended, merged) = merge(Some(&base), &ours, &model("a", "theirs"), &[]);
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
    assert_eq!(merged, model("ours", "theirs"));
}

#[test]
fn a_conflict_is_told_with_its_three_values_and_leaves_a_model() {
    let theirs = model("their\\u001b[2J", &"x".repeat(300));
    let (ended, merged) = merge(Some(&model("a", "b")), &model("our", "b"), &theirs, &[]);
    let words = "ours: 1 conflict, in which ours is kept:\n  \
        the model: summary/owner was changed on both sides\n    \
        base:   \"a\"\n    ours:   \"our\"\n    theirs: \"their\\u001b[2J\"\n";
    assert_eq!((ended.code, ended.words.as_str()), (Some(1), words));
    assert_eq!(merged, model("our", &"x".repeat(300)));
}

#[test]
fn names_and_values_are_shown_without_what_steers_a_terminal_and_cut() {
    let (ours, theirs) = (model("\u{202e}our", "b"), model(&"x".repeat(300), "b"));
    let (ended, _) = merge(None, &ours, &theirs, &["--path", "-a\n.json"]);
    let words = format!(
        "-a\\u{{a}}.json: 1 conflict, in which ours is kept:\n  \
         the model: summary/owner was added on both sides\n    base:   (not there)\n    \
         ours:   \"\\u{{202e}}our\"\n    theirs: \"{}… (302 bytes)\n",
        "x".repeat(199)
    );
    assert_eq!((ended.code, ended.words), (Some(1), words));
}

#[test]
fn an_empty_or_missing_base_is_none() {
    for base in [None, Some("")] {
        let (ended, merged) = merge(base, &model("a", "b"), &model("a", "b"), &[]);
        assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
        assert_eq!(merged, model("a", "b"));
    }
}

#[test]
fn the_result_may_go_elsewhere_and_keeps_the_mode_of_what_it_replaces() {
    let work = Work::create();
    work.write("base", &model("a", "b"));
    let ours = work.write("ours", &model("o", "b"));
    work.write("theirs", &model("a", "t"));
    fs::set_permissions(&ours, fs::Permissions::from_mode(0o755)).unwrap();
    for more in [&["-o", "new"][..], &[]] {
        let arguments = [&["merge", "base", "ours", "theirs"], more].concat();
        assert_eq!(run(&mut wyvern(work.path(), &arguments)).code, Some(0));
        let expected = if more.is_empty() { "t" } else { "b" };
        assert_eq!(work.read("ours"), model("o", expected));
    }
    assert_eq!(work.read("new"), model("o", "t"));
    assert_eq!(
        fs::metadata(&ours).unwrap().permissions().mode() & 0o777,
        0o755
    );
}

#[test]
fn what_is_no_model_is_merged_as_git_merges_text() {
    let said = "ours is merged as text, because base:1:1: a value is expected here\n";
    let (ended, merged) = merge(Some("a\nb\nc\n"), "A\nb\nc\n", "a\nb\nC\n", &[]);
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), said));
    assert_eq!(merged, "A\nb\nC\n");

    let (ended, merged) = merge(Some("a\n"), "b\n", "c\n", &["--marker-size", "9"]);
    let words = format!("{said}ours: conflicts, marked in the file\n");
    assert_eq!((ended.code, ended.words), (Some(1), words));
    let marked = "<<<<<<<<< ours\nb\n=========\nc\n>>>>>>>>> theirs\n";
    assert_eq!(merged, marked);

    let (ended, merged) = merge(None, "b\n", "c\n", &[]);
    assert_eq!((ended.code, merged.lines().count()), (Some(1), 5));

    let (ended, merged) = merge(Some("a\0"), "b\0", "c\0", &[]);
    let words = format!("{said}ours: not text either; ours is kept\n");
    assert_eq!((ended.code, ended.words), (Some(1), words));
    assert_eq!(merged, "b\0");
}

#[test]
fn what_cannot_be_read_or_written_is_no_conflict() {
    let (base, ours) = (model("a", "b"), model("o", "b"));
    let work = Work::create();
    work.write("base", &base);
    work.write("ours", &ours);
    work.write("theirs", &model("a", "t"));
    fs::create_dir(work.path().join("folder")).unwrap();
    let missing = "No such file or directory (os error 2)";
    let cases: [(&[&str], String); 4] = [
        (&["base", "none", "theirs"], format!("none: {missing}")),
        (&["base", "ours", "none"], format!("none: {missing}")),
        (
            &["folder", "ours", "theirs"],
            "folder: this is not a file".to_owned(),
        ),
        (
            &["base", "ours", "theirs", "-o", "no/file"],
            "no/file: entity not found".to_owned(),
        ),
    ];
    for (arguments, words) in cases {
        let ended = run(&mut wyvern(work.path(), &[&["merge"], arguments].concat()));
        assert_eq!(ended.words, format!("wyvern cannot merge: {words}\n"));
        assert_eq!(ended.code, Some(129), "{arguments:?}");
        assert_eq!(work.read("ours"), ours);
    }
}

/// Two branches that have changed the model in neighbouring lines; `main` is checked out.
fn diverged() -> Work {
    let work = Work::create();
    work.write(FILE, &model("a", "b"));
    work.write(OTHER, "one\ntwo\nthree\n");
    work.commit("base");
    work.git(&["switch", "--quiet", "-c", "side"]);
    work.write(FILE, &model("a", "theirs"));
    work.write(OTHER, "one\ntwo\n3\n");
    work.commit("theirs");
    work.git(&["switch", "--quiet", "main"]);
    work.write(FILE, &model("ours", "b"));
    work.write(OTHER, "1\ntwo\nthree\n");
    work.commit("ours");
    work
}

fn install(work: &Work, more: &[&str]) -> Ended {
    run(&mut wyvern(
        work.path(),
        &[&["install-merge-driver"], more].concat(),
    ))
}

#[test]
fn git_merges_with_the_driver_what_it_cannot_merge_without() {
    let work = diverged();
    assert_eq!(work.try_git(&["merge", "side"]).code, Some(1));
    work.git(&["merge", "--abort"]);

    assert_eq!(install(&work, &[]).code, Some(0));
    work.git(&["merge", "--quiet", "-m", "merged", "side"]);
    assert_eq!(work.read(FILE), model("ours", "theirs"));
    assert_eq!(work.read(OTHER), "1\ntwo\n3\n");
    work.git(&["fsck", "--strict"]);
    assert_eq!(work.git(&["status", "--porcelain"]), "?? .gitattributes\n");
}

#[test]
fn a_real_conflict_stops_git_and_leaves_a_model_to_mend() {
    let work = diverged();
    assert_eq!(install(&work, &[]).code, Some(0));
    work.write(FILE, &model("ours", "ours too"));
    work.git(&["commit", "--quiet", "-m", "more", FILE]);
    let ended = work.try_git(&["merge", "side"]);
    assert_eq!(ended.code, Some(1), "{}", ended.words);
    let told = format!("{FILE}: 1 conflict, in which ours is kept:\n");
    assert!(ended.words.contains(&told), "{}", ended.words);
    assert_eq!(work.read(FILE), model("ours", "ours too"));
    let unmerged = work.git(&["diff", "--name-only", "--diff-filter=U"]);
    assert_eq!(unmerged, format!("{FILE}\n"));
}

#[test]
fn installing_twice_changes_nothing_and_keeps_what_is_there() {
    let work = Work::create();
    let path = work.write(".gitattributes", "# ours\r\n*.png binary");
    fs::create_dir(work.path().join("below")).unwrap();
    let config = work.read(".git/config");
    let line = "ThreatDragonModels/**/*.json merge=wyvern";

    let dry = install(&work, &["--dry-run"]);
    let words = format!(
        ".gitattributes would get the line {line}\n\
         git config merge.wyvern.name would be set\ngit config merge.wyvern.driver would be set\n"
    );
    assert_eq!((dry.code, dry.words), (Some(0), words));
    assert_eq!(fs::read_to_string(&path).unwrap(), "# ours\r\n*.png binary");
    assert_eq!(work.read(".git/config"), config);

    let first = install(&work, &["-C", "below"]);
    let words = format!(
        ".gitattributes got the line {line}\n\
         git config merge.wyvern.name is set\ngit config merge.wyvern.driver is set\n"
    );
    assert_eq!((first.code, first.words), (Some(0), words));
    let attributes = format!("# ours\r\n*.png binary\r\n{line}\r\n");
    assert_eq!(work.read(".gitattributes"), attributes);
    let driver = format!(
        "'{}' merge %O %A %B --path %P --marker-size %L\n",
        env!("CARGO_BIN_EXE_wyvern")
    );
    assert_eq!(
        work.git(&["config", "--local", "merge.wyvern.driver"]),
        driver
    );

    let config = work.read(".git/config");
    let second = install(&work, &[]);
    let words = "nothing to change: the merge driver is installed\n";
    assert_eq!((second.code, second.words.as_str()), (Some(0), words));
    assert_eq!(work.read(".gitattributes"), attributes);
    assert_eq!(work.read(".git/config"), config);
}

#[test]
fn patterns_reach_the_files_that_they_name() {
    let work = Work::create();
    let patterns = [
        "--pattern",
        "my models/*.json",
        "--pattern",
        "#a",
        "--pattern",
        "#a",
    ];
    assert_eq!(install(&work, &patterns).code, Some(0));
    let attributes = work.read(".gitattributes");
    assert_eq!(
        attributes,
        "\"my models/*.json\" merge=wyvern\n\"#a\" merge=wyvern\n"
    );
    for path in ["my models/x.json", "#a"] {
        let answer = work.git(&["check-attr", "merge", path]);
        assert_eq!(answer, format!("{path}: merge: wyvern\n"));
    }
    assert_eq!(install(&work, &["--pattern", "!x"]).code, Some(2));
    assert_eq!(work.read(".gitattributes"), attributes);
}

#[test]
fn where_nothing_can_be_installed_nothing_is_written() {
    let elsewhere = tempfile::tempdir().unwrap();
    let none = run(&mut wyvern(elsewhere.path(), &["install-merge-driver"]));
    assert_eq!(none.words, ".: there is no git repository here\n");
    assert_eq!(none.code, Some(2));

    let work = Work::create();
    work.git(&["init", "--quiet", "--bare", "bare.git"]);
    let bare = install(&work, &["-C", "bare.git"]);
    let words = "bare.git: this repository is bare: it has no work tree\n";
    assert_eq!((bare.code, bare.words.as_str()), (Some(2), words));

    let target = elsewhere.path().join("target");
    fs::write(&target, "kept").unwrap();
    std::os::unix::fs::symlink(&target, work.path().join(".gitattributes")).unwrap();
    assert_eq!(install(&work, &[]).code, Some(2));
    assert_eq!(fs::read_to_string(Path::new(&target)).unwrap(), "kept");
}

//! `wyvern check`: what is found where, by which policy, and what it ends with.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use super::program::{Ended, run, wyvern};
use super::work::Work;

/// A model with this owner, in which nothing is wrong but that it has no diagram (a warning).
pub(super) fn model(owner: &str) -> String {
    format!(
        "{{\n  \"version\": \"2.0\",\n  \"summary\": {{\n    \"title\": \"Shop\",\n    \
         \"owner\": \"{owner}\",\n    \"description\": \"Sells.\"\n  }},\n  \"detail\": {{\n    \
         \"contributors\": [],\n    \"diagrams\": [],\n    \"diagramTop\": 0,\n    \
         \"reviewer\": \"B\",\n    \"threatTop\": 0\n  }}\n}}\n"
    )
}

/// One with an error too: a threat that is marked as mitigated, on line 1, says not by what.
pub(super) fn broken(title: &str) -> String {
    let cell = format!(
        r#"{{"id":"p","shape":"process","data":{{"name":"API","threats":[{{"id":"t","number":1,"title":"{title}","status":"Mitigated","severity":"High","description":"d","mitigation":"","modelType":"STRIDE","type":"Spoofing"}}]}}}}"#
    );
    let diagram = format!(r#"{{"id":0,"title":"Main","diagramType":"STRIDE","cells":[{cell}]}}"#);
    model("A").replace("\"diagrams\": []", &format!("\"diagrams\": [{diagram}]"))
}

pub(super) fn check(work: &Work, arguments: &[&str]) -> Ended {
    run(&mut wyvern(work.path(), &[&["check"], arguments].concat()))
}

/// Switches all rules off but these two.
fn two_rules(more: &str) -> String {
    let documented = include_str!("../../../docs/checks.md");
    let ids = documented
        .lines()
        .filter_map(|line| line.strip_prefix("| WYV"));
    let ids = ids.map(|line| format!("WYV{}", &line[..3]));
    let off = ids.filter(|id| id != "WYV020" && id != "WYV064");
    let off: Vec<_> = off.map(|id| format!("{id} = \"off\"\n")).collect();
    assert!(off.len() > 25);
    format!("{more}\n[rules]\n{}", off.concat())
}

#[test]
fn models_are_found_by_their_content_and_told_by_line() {
    let work = Work::create();
    work.write(".wyvern.toml", &two_rules(""));
    work.write("a/model.json", &broken("T"));
    work.write(".github/b.JSON", &model("A"));
    work.write("package.json", "{\"name\":\"x\"}");
    work.write("model.yaml", &broken("T"));
    let expected = ".github/b.JSON:10: warning WYV064 The model has no diagrams.\n\n\
        a/model.json:10: error WYV020 Main / API (process) / threat 1 \"T\": This threat is marked Mitigated and has no mitigation.\n\n\
        2 models: 1 error, 1 warning, 0 notes\n";
    let ended = check(&work, &[]);
    assert_eq!((ended.data.as_str(), ended.words.as_str()), (expected, ""));
    assert_eq!(ended.code, Some(1));
}

#[test]
fn no_spelling_hides_a_model() {
    let work = Work::create();
    work.write(".wyvern.toml", &two_rules(""));
    work.write(
        "a.json",
        &broken("T").replace("\"detail\"", "\"d\\u0065tail\""),
    );
    work.write("b.json", "\\u0065, but no JSON");
    work.write("c.json", "{\"name\": \"\\u0065\"}");
    let ended = check(&work, &[]);
    assert!(
        ended.data.starts_with("a.json:10: error WYV020 "),
        "{}",
        ended.data
    );
    assert_eq!((ended.code, ended.words.as_str()), (Some(1), ""));
}

#[test]
fn the_gate_decides_about_the_exit_code() {
    let work = Work::create();
    work.write(".wyvern.toml", &two_rules(""));
    work.write("model.json", &model("A"));
    for (gate, code) in [("error", 0), ("warning", 1), ("note", 1), ("never", 0)] {
        assert_eq!(
            check(&work, &["--fail-on", gate]).code,
            Some(code),
            "{gate}"
        );
    }
    assert_eq!(check(&work, &[]).code, Some(0));
    work.write("model.json", &broken("T"));
    assert_eq!(check(&work, &["--fail-on", "never"]).code, Some(0));
    assert_eq!(check(&work, &[]).code, Some(1));
}

#[test]
fn what_is_ignored_linked_or_far_too_long_is_left_out() {
    let work = Work::create();
    let outside = Work::create();
    outside.write("model.json", &broken("T"));
    work.write(".gitignore", "build/\n");
    work.write("build/model.json", &broken("T"));
    work.write(".git/model.json", &broken("T"));
    symlink(
        outside.path().join("model.json"),
        work.path().join("link.json"),
    )
    .unwrap();
    symlink(outside.path(), work.path().join("folder")).unwrap();
    let large = File::create(work.path().join("large.json")).unwrap();
    large.set_len(200 * 1024 * 1024).unwrap();
    let ended = check(&work, &[]);
    assert_eq!(ended.data, "0 models: 0 errors, 0 warnings, 0 notes\n");
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
}

#[test]
fn a_model_that_is_far_too_long_is_told() {
    let work = Work::create();
    work.write("large.json", &broken("T"));
    let large = File::options()
        .write(true)
        .open(work.path().join("large.json"));
    large.unwrap().set_len(200 * 1024 * 1024).unwrap();
    let ended = check(&work, &["--fail-on", "never"]);
    let words = "large.json: the file has 209715200 bytes, and a threat model at most 67108864";
    assert_eq!((ended.code, ended.words.trim_end()), (Some(5), words));
}

#[test]
fn what_looks_like_a_model_and_cannot_be_read_makes_the_check_partial() {
    let work = Work::create();
    work.write(
        "broken.json",
        &broken("T").replace("\"detail\": {", "\"detail\": {{"),
    );
    work.write("good.json", &model("A"));
    let ended = check(&work, &["--fail-on", "never"]);
    assert_eq!(ended.code, Some(5));
    assert!(
        ended.words.starts_with("broken.json:8:14: "),
        "{}",
        ended.words
    );
    assert!(ended.data.ends_with(", 1 unreadable\n"), "{}", ended.data);
    // Named, it is a wrong input; that says more than the gate.
    assert_eq!(check(&work, &["broken.json"]).code, Some(3));
    assert_eq!(check(&work, &["none.json", "good.json"]).code, Some(3));
}

#[test]
fn the_nearest_policy_up_to_the_top_of_the_repository_holds() {
    let work = Work::create();
    let inner = "shops/a";
    work.git(&["init", "--quiet", inner]);
    work.write("shops/a/model.json", &model("A"));
    work.write("shops/b/c/model.json", &model("A"));
    work.write(".wyvern.toml", "[rules]\nno-diagrams = \"error\"\n");
    let levels = |work: &Work| {
        let data = check(work, &[]).data;
        let lines = data.lines().filter(|line| line.contains(" WYV064 "));
        lines
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let expected = [
        "shops/a/model.json:10: warning",
        "shops/b/c/model.json:10: error",
    ];
    assert_eq!(levels(&work), expected);
    work.write("shops/b/.wyvern.toml", "[rules]\nno-diagrams = \"note\"\n");
    let expected = [
        "shops/a/model.json:10: warning",
        "shops/b/c/model.json:10: note",
    ];
    assert_eq!(levels(&work), expected);
    let named = check(&work, &["--policy", ".wyvern.toml", inner]);
    assert_eq!(named.code, Some(1));
}

#[test]
fn without_a_repository_no_policy_above_the_named_folder_holds() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("models")).unwrap();
    fs::write(folder.path().join("models/model.json"), model("A")).unwrap();
    fs::write(folder.path().join(".wyvern.toml"), "broken").unwrap();
    let models = folder.path().join("models");
    for arguments in [&["models"][..], &["models/model.json"]] {
        let ended = run(&mut wyvern(
            folder.path(),
            &[&["check"], arguments].concat(),
        ));
        assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
    }
    assert_eq!(run(&mut wyvern(&models, &["check"])).code, Some(0));
    assert_eq!(run(&mut wyvern(folder.path(), &["check"])).code, Some(2));
}

#[test]
fn a_broken_policy_is_told_with_its_place_and_nothing_is_checked() {
    let work = Work::create();
    work.write("a/model.json", &broken("T"));
    work.write("b/model.json", &broken("T"));
    work.write(".wyvern.toml", "[rules]\nWYV999 = \"off\"\n");
    for arguments in [&[][..], &["--policy", ".wyvern.toml"]] {
        let ended = check(&work, arguments);
        assert_eq!((ended.code, ended.data.as_str()), (Some(2), ""));
        assert!(
            ended.words.starts_with(".wyvern.toml:2:1: "),
            "{}",
            ended.words
        );
        assert_eq!(ended.words.lines().count(), 1);
    }
    let none = check(&work, &["--policy", "none.toml"]);
    let words = "none.toml: No such file or directory (os error 2)\n";
    assert_eq!((none.code, none.words.as_str()), (Some(2), words));
    fs::remove_file(work.path().join(".wyvern.toml")).unwrap();
    symlink("a/model.json", work.path().join(".wyvern.toml")).unwrap();
    let words = ".wyvern.toml: a policy is a file, and no symbolic link\n";
    assert_eq!(check(&work, &[]).words, words);
}

#[test]
fn an_exempted_finding_is_listed_and_does_not_count() {
    let work = Work::create();
    work.write("model.json", &broken("T"));
    let exempt =
        "[[exempt]]\nrule = \"WYV020\"\nthreat = 1\nreason = \"By hand.\"\nexpires = 9999-12-30\n";
    work.write(".wyvern.toml", &two_rules(exempt));
    let expected = "model.json:10: exempt WYV020 Main / API (process) / threat 1 \"T\": This threat is marked \
        Mitigated and has no mitigation. (until 9999-12-30: By hand.)\n\n1 model: 0 errors, 0 warnings, 0 notes, 1 exempted\n";
    let ended = check(&work, &[]);
    assert_eq!((ended.code, ended.data.as_str()), (Some(0), expected));
    work.write(
        ".wyvern.toml",
        &two_rules(&exempt.replace("9999-12-30", "2001-01-01")),
    );
    assert_eq!(check(&work, &[]).code, Some(1));
}

#[test]
fn a_model_is_stale_by_the_time_of_its_last_commit() {
    let work = Work::create();
    work.write(".wyvern.toml", "[check]\nstale_after = \"30d\"\n");
    work.write("old.json", &model("A"));
    work.write("edited.json", &model("A"));
    work.git(&["add", "--all"]);
    let old = "2001-01-01T00:00:00Z";
    let commit = [
        "-c",
        "user.name=A",
        "commit",
        "--quiet",
        "--date",
        old,
        "-m",
        "old",
    ];
    work.git_at(&commit, old);
    work.write("new.json", &model("A"));
    work.commit("new");
    work.write("edited.json", &model("B"));
    work.write("untracked.json", &model("A"));
    let stale = |work: &Work| {
        let data = check(work, &[]).data;
        let lines = data.lines().filter(|line| line.contains(" WYV065 "));
        lines
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(stale(&work), ["old.json"]);
    // A merge changes nothing by itself.
    work.git(&["switch", "--quiet", "-c", "side", "HEAD~1"]);
    work.write("side.json", &model("A"));
    work.git(&["add", "side.json"]);
    work.git(&["commit", "--quiet", "-m", "side"]);
    work.git(&["merge", "--quiet", "-m", "merge", "main"]);
    assert_eq!(stale(&work), ["old.json"]);
}

#[test]
fn a_shallow_clone_does_not_know_how_old_a_model_is() {
    let origin = Work::create();
    origin.write(".wyvern.toml", "[check]\nstale_after = \"30d\"\n");
    origin.write("model.json", &model("A"));
    origin.git(&["add", "--all"]);
    for message in ["first", "second"] {
        let commit = ["commit", "--quiet", "--allow-empty", "-m", message];
        origin.git_at(&commit, "2001-01-01T00:00:00Z");
    }
    let url = format!("file://{}", origin.path().display());
    origin.git(&["clone", "--quiet", &url, "whole"]);
    origin.git(&["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    for (clone, stale) in [("whole", true), ("shallow", false)] {
        let ended = run(&mut wyvern(&origin.path().join(clone), &["check"]));
        assert_eq!(ended.data.contains("WYV065"), stale, "{}", ended.data);
    }
}

#[test]
fn ten_thousand_files_take_seconds_and_come_in_order() {
    let work = Work::create();
    work.write(".wyvern.toml", &two_rules(""));
    for folder in 0..100 {
        for file in 0..100 {
            let path = format!("{folder:02}/{file:02}.json");
            let content = if file == 0 {
                model("A")
            } else {
                "{\"name\": 1}".repeat(100)
            };
            work.write(&path, &content);
        }
    }
    let ended = check(&work, &["--fail-on", "never"]);
    assert_eq!((ended.code, ended.words.as_str()), (Some(0), ""));
    let lines: Vec<_> = ended.data.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 101);
    for (folder, line) in lines[..100].iter().enumerate() {
        assert!(
            line.starts_with(&format!("{folder:02}/00.json:10: ")),
            "{line}"
        );
    }
    assert_eq!(lines[100], "100 models: 0 errors, 100 warnings, 0 notes");
}

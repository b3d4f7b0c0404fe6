//! The examples of docs/ci.md, run as the services run them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::check::{broken, model};
use super::program::Ended;
use super::work::Work;

const MODEL: &str = "ThreatDragonModels/Shop/Shop.json";

/// The first code block below a heading, or the second and so on.
fn block(heading: &str, number: usize) -> String {
    let page = include_str!("../../../docs/ci.md");
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let block = section.split("\n```").nth(2 * number + 1).unwrap();
    let (_, code) = block.split_once('\n').unwrap();
    format!("{code}\n")
}

/// The shell scripts in a pipeline: each `run:`, the lines of each `script:`, each `entry:`.
fn scripts(yaml: &str) -> Vec<String> {
    let mut scripts = Vec::new();
    let mut lines = yaml.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let key = line.trim_start().trim_start_matches("- ");
        if key == "run: |" || key == "script:" {
            let mut script = String::new();
            while let Some(below) = lines.next_if(|below| indent(below) > indent(line)) {
                script += below.trim_start().trim_start_matches("- ");
                script.push('\n');
            }
            scripts.push(script);
        } else if let Some(command) = key.strip_prefix("run: ").or(key.strip_prefix("entry: ")) {
            scripts.push(command.to_owned());
        }
    }
    scripts
}

/// A clone on a branch of its own, in which the model has been changed to this.
fn pull_request(content: &str) -> (Work, Work) {
    let origin = Work::create();
    origin.write(MODEL, &model("A"));
    origin.commit("base");
    let clone = Work::clone_of(&origin);
    clone.git(&["switch", "--quiet", "-c", "change"]);
    clone.write(MODEL, content);
    clone.commit("change");
    (origin, clone)
}

#[test]
fn github_actions_runs_its_steps() {
    let scripts = scripts(&block("GitHub Actions", 0));
    assert_eq!(scripts.len(), 3);
    for (content, code) in [(model("B"), 0), (broken("T"), 1)] {
        let (_origin, clone) = pull_request(&content);
        let variables = [
            ("GITHUB_BASE_REF", "main"),
            ("GITHUB_STEP_SUMMARY", "summary.md"),
        ];
        for script in &scripts[..2] {
            let ended = clone.shell(script, &variables);
            assert_eq!(ended.code, Some(0), "{}", ended.words);
        }
        let summary = clone.read("summary.md");
        assert!(
            summary.contains(if code == 0 { "owner" } else { "Main" }),
            "{summary}"
        );
        let log: serde_json::Value = serde_json::from_str(&clone.read("wyvern.sarif")).unwrap();
        assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
        let gate = clone.shell(&scripts[2], &variables);
        assert_eq!(gate.code, Some(code));
        assert_eq!(
            gate.data
                .contains("::error file=ThreatDragonModels/Shop/Shop.json,"),
            code == 1
        );
    }
}

#[test]
fn gitlab_and_bitbucket_run_their_scripts() {
    let pipelines = [
        ("GitLab CI", "wyvern.xml"),
        ("Bitbucket Pipelines", "test-results/wyvern.xml"),
    ];
    for (heading, report) in pipelines {
        let scripts = scripts(&block(heading, 0));
        assert_eq!(scripts.len(), 1);
        for (content, code) in [(model("B"), 0), (broken("T"), 1)] {
            let (_origin, clone) = pull_request(&content);
            assert_eq!(clone.shell(&scripts[0], &[]).code, Some(code), "{heading}");
            let has_failure = clone.read(report).contains("<failure ");
            assert_eq!(has_failure, code == 1, "{heading}");
        }
    }
}

#[test]
fn the_pre_commit_framework_gets_commands_that_take_files() {
    let entries = scripts(&block("Before each commit", 0));
    assert_eq!(entries, ["wyvern fmt --check", "wyvern check"]);
    let work = Work::create();
    work.write("good.json", &model("A").replace("    ", " "));
    work.write("bad.json", &broken("T"));
    let codes = |file: &str| -> Vec<_> {
        let ended = entries
            .iter()
            .map(|entry| work.shell(&format!("{entry} {file}"), &[]));
        ended.map(|ended: Ended| ended.code).collect()
    };
    assert_eq!(codes("good.json"), [Some(1), Some(0)]);
    assert_eq!(work.shell("wyvern fmt good.json", &[]).code, Some(0));
    assert_eq!(codes("good.json"), [Some(0), Some(0)]);
    assert_eq!(codes("bad.json"), [Some(1), Some(1)]);
}

#[test]
fn the_hook_stops_a_commit() {
    let work = Work::create();
    let hook = work.write(".git/hooks/pre-commit", &block("Before each commit", 1));
    fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).unwrap();
    work.write(MODEL, &model("A"));
    work.write("elsewhere.json", &broken("T"));
    work.commit("a good model");
    work.write(MODEL, &broken("T"));
    work.git(&["add", "--all"]);
    let ended = work.try_git(&["commit", "-m", "a broken model"]);
    assert_ne!(ended.code, Some(0));
    assert!(
        ended.words.contains("Shop.json:10: error WYV020 "),
        "{}",
        ended.words
    );
    assert_eq!(work.git(&["log", "--format=%s"]), "a good model\n");
}

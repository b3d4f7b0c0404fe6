//! The README and the operator's guide keep their promises: the walk works, and both have every
//! setting.

use std::process::Command;

use crate::running::Running;

const README: &str = include_str!("../../README.md");
const GUIDE: &str = include_str!("../../docs/operating.md");

/// The shell script of the walk, pointed at another server and folder.
fn walk(server: &str, data: &str) -> String {
    let (_, rest) = README.split_once("```sh\n").expect("the README has a walk");
    let (walk, _) = rest.split_once("```").expect("the walk ends");
    let pointed = walk
        .replacen(
            "SERVER=http://127.0.0.1:3000",
            &format!("SERVER={server}"),
            1,
        )
        .replacen("DATA=wyvern-data", &format!("DATA={data}"), 1);
    assert!(
        pointed.contains(server) && pointed.contains(data),
        "the walk names both"
    );
    format!("set -euo pipefail\n{pointed}")
}

#[test]
fn the_walk_saves_one_commit_by_its_author_with_a_diff_of_only_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Running::start(&data);
    let output = Command::new("bash")
        .args(["-c", &walk(&server.address, data.to_str().unwrap())])
        .current_dir(folder.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    let (_, log) = said
        .split_once("\ncommit ")
        .expect("the walk ends with the commit");
    assert!(
        log.contains("Author: Ada Lovelace <ada@example.com>"),
        "{log}"
    );
    assert_eq!(log.matches("\n@@").count(), 1, "one hunk: {log}");
    let changed = |sign: char| {
        let lines = log.lines().filter(|line| line.starts_with(sign));
        let lines = lines.filter(|line| !line.starts_with("---") && !line.starts_with("+++"));
        lines
            .map(|line| line[1..].trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(changed('-'), [r#""status": "Open","#]);
    assert_eq!(changed('+'), [r#""status": "Mitigated","#]);
}

/// Every setting, as `section.key`.
fn settings() -> Vec<String> {
    let mut section = "";
    let mut settings = Vec::new();
    for line in wyvern::config::DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            settings.push(format!("{section}.{key}"));
        }
    }
    assert!(settings.len() > 40, "the settings are found");
    settings
}

#[test]
fn the_table_has_every_setting() {
    let mut missing = settings();
    missing.retain(|setting| {
        let (_, key) = setting.split_once('.').unwrap();
        !README.contains(&format!("`{setting}`")) && !README.contains(&format!("`.{key}`"))
    });
    assert!(missing.is_empty(), "the README's table lacks {missing:?}");
}

#[test]
fn the_operators_guide_says_what_every_setting_is_for() {
    let mut missing = settings();
    missing.retain(|setting| !GUIDE.contains(&format!("`{setting}`")));
    assert!(missing.is_empty(), "docs/operating.md lacks {missing:?}");
}

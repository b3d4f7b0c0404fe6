//! What the compiler cannot hold: the layers, the first line of each file, the length of files.
//!
//! It collects every fault and fails once, with the whole list. Its known gap is `super::super`
//! across top-level modules, which a review must catch.

use std::fs;
use std::path::{Path, PathBuf};

/// Which top-level modules each may import. `main` is the program's own file.
const LAYERS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("random", &[]),
    ("turns", &[]),
    ("config", &[]),
    ("placed_toml", &[]),
    ("model", &["placed_toml"]),
    ("suggest", &["model", "placed_toml"]),
    ("library", &["model", "placed_toml", "suggest"]),
    ("report", &["model"]),
    ("provider", &["clock", "config", "random", "turns"]),
    ("auth", &["clock", "config", "provider", "random", "turns"]),
    (
        "store",
        &[
            "clock", "config", "library", "model", "provider", "suggest", "turns",
        ],
    ),
    (
        "app",
        &[
            "auth", "clock", "config", "model", "provider", "store", "turns",
        ],
    ),
    (
        "http",
        &[
            "app", "auth", "clock", "config", "library", "model", "provider", "random", "report",
            "store", "suggest",
        ],
    ),
    (
        "cli",
        &[
            "app", "auth", "clock", "config", "http", "library", "model", "provider", "random",
            "report", "store", "suggest",
        ],
    ),
    ("main", &["cli", "config"]),
];

/// What may be named only in some places, each a path below `src/`. Tests may name anything.
const RESERVED: &[(&str, &[&str])] = &[
    ("axum", &["http"]),
    ("tower_http", &["http"]),
    ("hyper", &["http"]),
    ("utoipa", &["http"]),
    ("git2", &["provider/local"]),
    ("indicatif", &["cli"]),
    ("quick_xml", &["cli"]),
    ("tower_sessions", &["http"]),
    ("reqwest", &["provider/outgoing"]),
    ("octocrab", &["provider/github"]),
    ("oauth2", &["auth"]),
    ("redis::aio", &["auth", "provider/hosted/among"]),
    ("redis::Client", &["auth"]),
    ("aws_lc_rs::hmac", &["auth/vault"]),
    ("aws_lc_rs::aead", &["auth/vault"]),
    ("aws_lc_rs::hkdf", &["auth/vault"]),
    ("aws_lc_rs::rand", &["random"]),
    // The store takes work on long texts off the threads that answer requests.
    (
        "tokio",
        &[
            "turns", "auth", "provider", "store", "app/life", "http", "cli",
        ],
    ),
    ("std::env::var", &["config"]),
    ("std::env::vars", &["config"]),
    ("env::args", &["main"]),
    ("SystemTime::now", &[]),
    ("Instant::now", &[]),
    ("Timestamp::now", &["clock"]),
];

/// Besides, the pure modules do no input and output.
const PURE: &[&str] = &["model", "suggest", "library", "report"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::io",
    "std::process",
    "async fn",
    "std::env",
];

const LINES_MAX: usize = 400;

/// What stands in no code.
const BANNED: &[&str] = &[
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("dbg", "!("),
    concat!("#[ig", "nore"),
    concat!("#[al", "low("),
];

/// A Rust file of the project.
struct Source {
    /// From the project's folder, such as `src/http/mod.rs`.
    path: String,
    text: String,
}

impl Source {
    /// Its path below `src/` without the ending, when it is there.
    fn module(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        Some(below.strip_suffix("/mod").unwrap_or(below))
    }

    /// Its lines of code with their numbers: without comments, and up to the tests at its end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_tests = self
            .module()
            .is_some_and(|module| module.ends_with("/tests"));
        let lines = self.text.lines().map(str::trim_start).zip(1..);
        lines
            .take_while(move |(line, _)| !is_tests && !line.starts_with("mod tests {"))
            .filter(|(line, _)| !line.starts_with("//"))
            .map(|(line, number)| (number, line))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("build.rs")];
    for folder in ["src", "tests", "benches", "fuzz"] {
        rust_files(&root.join(folder), &mut paths);
    }
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root).unwrap().display().to_string(),
    };
    let mut sources: Vec<_> = paths.into_iter().map(source).collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 80, "the project's files are found");
    sources
}

fn rust_files(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            rust_files(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Whether `line` names `word`, not as a part of a longer name.
fn names(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// The top-level modules that a line imports: `crate::x` and `crate::{x::…, y}`.
fn imported(line: &str) -> Vec<&str> {
    let name = |text: &str| {
        text.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len())
    };
    let mut found = Vec::new();
    for (at, prefix) in line.match_indices("crate::") {
        let rest = &line[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split('}').next().unwrap_or(group);
                found.extend(
                    group
                        .split(',')
                        .map(str::trim)
                        .map(|part| &part[..name(part)]),
                );
            }
            None => found.push(&rest[..name(rest)]),
        }
    }
    found
}

fn check_form(source: &Source, faults: &mut Vec<String>) {
    let path = &source.path;
    if !source.text.starts_with("//! ") {
        faults.push(format!("{path}: the first line is no //! line"));
    }
    let lines = source.text.lines().count();
    if lines > LINES_MAX {
        faults.push(format!("{path}: {lines} lines are more than {LINES_MAX}"));
    }
    for (line, number) in source.text.lines().zip(1..) {
        let banned = BANNED.iter().filter(|banned| line.contains(**banned));
        faults.extend(banned.map(|banned| format!("{path}:{number}: {banned}")));
    }
}

fn check_layers(source: &Source, faults: &mut Vec<String>) {
    let Some(module) = source.module() else {
        return;
    };
    let top = module.split('/').next().unwrap();
    if top == "lib" {
        return;
    }
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == top) else {
        faults.push(format!("{}: the module {top} is in no layer", source.path));
        return;
    };
    for (number, line) in source.code() {
        let at = format!("{}:{number}", source.path);
        for import in imported(line) {
            let known = LAYERS.iter().any(|(name, _)| *name == import);
            if known && import != top && !allowed.contains(&import) {
                faults.push(format!(
                    "{at}: {top} imports {import}, which is not below it"
                ));
            }
        }
        for (word, places) in RESERVED {
            let may = places.iter().any(|place| {
                let rest = module.strip_prefix(place);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            if !may && names(line, word) {
                faults.push(format!("{at}: {word} is named outside of {places:?}"));
            }
        }
        if PURE.contains(&top) {
            let impure = IMPURE.iter().filter(|word| names(line, word));
            faults.extend(impure.map(|word| format!("{at}: {top} is pure, but names {word}")));
        }
    }
}

/// The code map has an entry for each top-level module.
fn check_map(faults: &mut Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let map = fs::read_to_string(path).unwrap();
    for (module, _) in LAYERS.iter().filter(|(module, _)| *module != "main") {
        if !map.contains(&format!("\n`src/{module}`\n: ")) {
            faults.push(format!("ARCHITECTURE.md: no entry for {module}"));
        }
    }
}

#[test]
fn the_project_is_tidy() {
    let mut faults = Vec::new();
    for source in sources() {
        check_form(&source, &mut faults);
        check_layers(&source, &mut faults);
    }
    check_map(&mut faults);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn faults_are_found() {
    let source = Source {
        path: "src/model/x.rs".to_owned(),
        text: format!(
            "// no title\nuse crate::{{http::X, model::Y}};\nuse axum::Router;\n\
             fn f() {{ std::fs::read; {}); crate::store::z() }}\n// crate::cli is a comment\n\
             let my_axum_x = crate::json::x;\n",
            BANNED[0]
        ),
    };
    let mut faults = Vec::new();
    check_form(&source, &mut faults);
    check_layers(&source, &mut faults);
    let expected = [
        "src/model/x.rs: the first line is no //! line".to_owned(),
        format!("src/model/x.rs:4: {}", BANNED[0]),
        "src/model/x.rs:2: model imports http, which is not below it".to_owned(),
        "src/model/x.rs:3: axum is named outside of [\"http\"]".to_owned(),
        "src/model/x.rs:4: model imports store, which is not below it".to_owned(),
        "src/model/x.rs:4: model is pure, but names std::fs".to_owned(),
    ];
    assert_eq!(faults, expected);
}

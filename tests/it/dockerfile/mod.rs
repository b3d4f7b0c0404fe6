//! The image, without an engine: its Dockerfile is read, and its steps are run in clean folders.

mod build;
mod parse;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::program::{Server, run, wyvern};
use parse::{Stage, stages};

const CONFIGURATION: &str = "/etc/wyvern.toml";

fn last() -> Stage {
    stages().pop().unwrap()
}

/// The words of an instruction in its JSON form.
fn words(json: &str) -> Vec<String> {
    serde_json::from_str(json).expect(json)
}

/// The environment that the image sets.
fn environment() -> BTreeMap<String, String> {
    last()
        .all("ENV")
        .iter()
        .flat_map(|text| parse::pairs(text))
        .collect()
}

#[test]
fn every_base_is_pinned() {
    let stages = stages();
    assert_eq!(stages.len(), 3);
    for Stage { base, .. } in &stages {
        let (_, tag) = base.rsplit_once(':').expect(base);
        assert!(!tag.is_empty() && tag != "latest", "{base}");
    }
    let rust = stages
        .iter()
        .find(|stage| stage.base.starts_with("rust:"))
        .unwrap();
    let minimum = format!("rust:{}-", env!("CARGO_PKG_RUST_VERSION"));
    assert!(
        rust.base.starts_with(&minimum),
        "{} is not {minimum}",
        rust.base
    );
}

#[test]
fn the_program_is_not_root_and_owns_its_one_volume() {
    let stage = last();
    let user = stage.only("USER");
    let (uid, gid) = user.split_once(':').unwrap();
    assert!(uid.parse::<u32>().unwrap() > 0 && gid.parse::<u32>().unwrap() > 0);
    let volume = stage.only("VOLUME");
    assert_eq!(environment()["WYVERN__DATA__FOLDER"], volume);
    let owned = stage
        .all("COPY")
        .into_iter()
        .find(|copy| copy.ends_with(&format!(" {volume}")));
    assert!(owned.unwrap().contains(&format!("--chown={user}")));
    assert_eq!(stage.all("RUN"), [""; 0], "there is no shell to run it");
}

#[test]
fn it_is_labelled_and_its_port_and_signal_are_told() {
    let stage = last();
    let labels: BTreeMap<_, _> = stage
        .all("LABEL")
        .iter()
        .flat_map(|text| parse::pairs(text))
        .collect();
    let label = |name: &str| labels[&format!("org.opencontainers.image.{name}")].as_str();
    assert_eq!(label("title"), "Wyvern");
    assert_eq!(label("description"), env!("CARGO_PKG_DESCRIPTION"));
    assert_eq!(label("licenses"), env!("CARGO_PKG_LICENSE"));
    assert_eq!(label("version"), "${VERSION}");
    assert_eq!(
        stage.only("ARG"),
        concat!("VERSION=", env!("CARGO_PKG_VERSION"))
    );
    let port = format!("\nport = {}\n", stage.only("EXPOSE"));
    assert!(wyvern::config::DEFAULTS.contains(&port));
    assert_eq!(stage.only("STOPSIGNAL"), "SIGTERM");
}

#[test]
fn its_health_check_asks_the_server_that_its_command_starts() {
    let folder = tempfile::tempdir().unwrap();
    let stage = last();
    let entry = words(stage.only("ENTRYPOINT"));
    let (_, health) = stage.only("HEALTHCHECK").split_once("CMD ").unwrap();
    let health = words(health);
    assert_eq!(health[..1], entry);
    let accounts = "[[local.accounts]]\nusername = 'ada'\nname = 'Ada'\nemail = 'ada@example.com'\n\
                    password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA'\n";
    fs::write(folder.path().join("wyvern.toml"), accounts).unwrap();
    // The file is where the image looks for it, as far as this machine's root may be written.
    let here = |word: &String| word.replace(CONFIGURATION, "wyvern.toml");
    let serve: Vec<_> = words(stage.only("CMD")).iter().map(here).collect();
    let health: Vec<_> = health[1..].iter().map(here).collect();
    let [serve, health] =
        [&serve, &health].map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());

    let (settings, anywhere) = (environment(), "0.0.0.0");
    assert_eq!(settings["WYVERN__SERVER__ADDRESS"], anywhere);
    let open = run(wyvern(folder.path(), &["config", "check"]).envs(&settings));
    assert!(
        open.code == Some(2) && open.words.contains("local.accounts"),
        "{}",
        open.words
    );
    // A test listens on this machine's own address only.
    let own = ["--listen", "127.0.0.1:0", "--data", "data"];
    let server = Server::spawn(wyvern(folder.path(), &[&serve[..], &own].concat()).envs(&settings));
    let (_, port) = server.address.split_once(':').unwrap();
    let checked = run(wyvern(folder.path(), &health)
        .envs(&settings)
        .env("PORT", port));
    assert_eq!((checked.code, checked.words.as_str()), (Some(0), ""));
}

#[test]
fn its_steps_build_a_program_that_serves_the_browser_app() {
    let image = build::build(&stages());
    let program = image.join("usr/local/bin/wyvern");
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(&program);
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", "data"];
    command
        .args(serve)
        .current_dir(&folder)
        .env_clear()
        .env("HOME", folder.path());
    let server = Server::spawn(&mut command);
    let (status, page) = server.ask("GET", "/", "", "");
    assert!(
        status == 200 && page.contains("<title>Wyvern</title>"),
        "{page}"
    );
    for library in libraries(&program) {
        let base = ["libc.so.6", "libm.so.6", "libgcc_s.so.1"];
        assert!(
            base.contains(&library.as_str()),
            "the last base image lacks {library}"
        );
    }
    assert!(image.join("data").is_dir() && image.join("usr/share/doc/wyvern/LICENSE").is_file());
}

/// The shared libraries that a program asks for, but for the loader and the kernel's own.
fn libraries(program: &Path) -> Vec<String> {
    let output = Command::new("ldd").arg(program).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let names = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let names: Vec<_> = names
        .filter(|name| !name.starts_with('/') && !name.starts_with("linux-vdso"))
        .map(ToOwned::to_owned)
        .collect();
    assert!(names.contains(&"libc.so.6".to_owned()), "{text}");
    names
}

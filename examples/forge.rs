//! Wyvern with a GitHub of its own: `make forge`, and sign in as `ada` or `grace`.
//!
//! What is given on the command line is handed on to `wyvern serve`. Nothing outlives the program.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the forge is made for tests"
)]

#[path = "../tests/forge/mod.rs"]
#[expect(dead_code, unused_imports, reason = "tests use the rest")]
mod forge;

use std::process::ExitCode;

use forge::{Access, Forge};
use wyvern::config::Environment;

const REPOSITORY: &str = "ada/threat-models";
const WEB_SHOP: &[u8] = include_bytes!("../config/demo/web-shop.json");
const STARTER: &[u8] = include_bytes!("../config/demo/starter.json");

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let forge = runtime.block_on(Forge::start());
    fill(&forge);
    announce(&forge);
    let data = tempfile::tempdir().expect("there is a temporary folder");
    let given = std::env::args_os().skip(1);
    let mut arguments = vec!["wyvern".into(), "serve".into(), "--data".into()];
    arguments.push(data.path().into());
    arguments.extend(given);
    wyvern::cli::run(arguments, &environment(&forge))
}

/// Two people, and a private repository that both may change.
fn fill(forge: &Forge) {
    forge.person("ada", "Ada Lovelace", "ada@example.com");
    forge.person("grace", "Grace Hopper", "grace@example.com");
    forge.repository(REPOSITORY);
    forge.grant("grace", REPOSITORY, Access::Write);
    let shop = "ThreatDragonModels/web-shop/web-shop.json";
    let starter = "ThreatDragonModels/starter/starter.json";
    forge.add(REPOSITORY, "main", &[(shop, WEB_SHOP)]);
    forge.add(REPOSITORY, "feature/sign-in", &[(starter, STARTER)]);
    forge.add(REPOSITORY, "release", &[]);
    forge.protect(REPOSITORY, "release");
}

#[expect(clippy::print_stderr, reason = "words go to standard error")]
fn announce(forge: &Forge) {
    eprintln!("the forge is at {}", forge.url());
}

/// What Wyvern is told of the forge.
fn environment(forge: &Forge) -> Environment {
    let pairs = [
        ("GITHUB_CLIENT_ID", forge.client_id().to_owned()),
        ("GITHUB_CLIENT_SECRET", forge.client_secret().to_owned()),
        ("WYVERN__GITHUB__URL", forge.url().to_string()),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    pairs.into_iter().collect()
}

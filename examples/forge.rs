//! Wyvern with a GitHub, a GitLab and a Bitbucket of its own: `make forge`, and sign in at any of
//! them as `ada` or `grace`.
//!
//! What is given on the command line is handed on to `wyvern serve`. `SIGUSR2` stops the hosts, and
//! once more brings them back. Nothing outlives the program.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the forge is made for tests"
)]

#[path = "../tests/forge/mod.rs"]
#[expect(dead_code, unused_imports, reason = "tests use the rest")]
mod forge;

use std::process::ExitCode;
use std::sync::Arc;

use forge::{Access, Dialect, Fault, Forge, ForgeOptions, Wanted};
use tokio::signal::unix::{SignalKind, signal};

/// A repository that both may read and neither may change.
const HANDBOOK: &str = "acme/handbook";
const WEB_SHOP: &[u8] = include_bytes!("../config/demo/web-shop.json");
const STARTER: &[u8] = include_bytes!("../config/demo/starter.json");

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let forges = Dialect::ALL.map(|dialect| {
        let options = ForgeOptions {
            dialect,
            ..ForgeOptions::default()
        };
        let forge = runtime.block_on(Forge::start_with(options));
        fill(&forge);
        announce(&forge);
        forge
    });
    let forges = Arc::new(forges);
    runtime.spawn(stopping_when_told(Arc::clone(&forges)));
    let data = tempfile::tempdir().expect("there is a temporary folder");
    let given = std::env::args_os().skip(1);
    let mut arguments = vec!["wyvern".into(), "serve".into(), "--data".into()];
    arguments.push(data.path().into());
    arguments.extend(given);
    wyvern::cli::run(arguments, &forges.iter().flat_map(told).collect())
}

/// A host that is stopped ends each connection without an answer.
async fn stopping_when_told(forges: Arc<[Forge; 3]>) {
    let mut told = signal(SignalKind::user_defined2()).expect("signals can be heard");
    let mut is_stopped = false;
    while told.recv().await.is_some() {
        is_stopped = !is_stopped;
        for forge in forges.iter() {
            if is_stopped {
                forge.faults().every(Wanted::Any, Fault::Reset);
            } else {
                forge.faults().clear();
            }
        }
    }
}

/// Two people, a private repository that both may change, and another.
fn fill(forge: &Forge) {
    let repository = repository(forge.dialect());
    forge.person("ada", "Ada Lovelace", "ada@example.com");
    forge.person("grace", "Grace Hopper", "grace@example.com");
    forge.repository(repository);
    forge.repository(HANDBOOK);
    for login in ["ada", "grace"] {
        forge.grant(login, repository, Access::Write);
        forge.grant(login, HANDBOOK, Access::Read);
    }
    let shop = "ThreatDragonModels/web-shop/web-shop.json";
    let starter = "ThreatDragonModels/starter/starter.json";
    forge.add(repository, "main", &[(shop, WEB_SHOP)]);
    forge.add(repository, "feature/sign-in", &[(starter, STARTER)]);
    // Each has a past that one may want to go back to.
    forge.add(repository, "release", &[(shop, STARTER)]);
    forge.add(repository, "release", &[(shop, WEB_SHOP)]);
    forge.protect(repository, "release");
    forge.add(HANDBOOK, "main", &[(starter, WEB_SHOP)]);
    forge.add(HANDBOOK, "main", &[(starter, STARTER)]);
}

/// What the repository is called: on GitLab it is in a group of a group.
fn repository(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::GitHub | Dialect::Bitbucket => "ada/threat-models",
        Dialect::GitLab => "acme/payments/threat-models",
    }
}

#[expect(clippy::print_stderr, reason = "words go to standard error")]
fn announce(forge: &Forge) {
    eprintln!("{} is at {}", forge.dialect().name(), forge.url());
}

/// What Wyvern is told of a forge.
fn told(forge: &Forge) -> [(String, String); 3] {
    let section = forge.dialect().name().to_uppercase();
    [
        ("CLIENT_ID", forge.client_id().to_owned()),
        ("CLIENT_SECRET", forge.client_secret().to_owned()),
        ("URL", forge.url().to_string()),
    ]
    .map(|(key, value)| (format!("WYVERN__{section}__{key}"), value))
}

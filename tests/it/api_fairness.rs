//! One who asks for very much, and the others.

use std::time::{Duration, Instant};

use crate::forge::{Access, App, Dialect, Fault, Wanted};
use crate::support::{Browser, CHECKOUT, Hosted, branch_path, model_path};

const REPOS: &str = "/api/threatmodel/repos";

/// Lists repositories and models, and reads a model, when all that was ever read of them is old.
async fn works(host: &Hosted, browser: &Browser) {
    host.app.clock.advance(Duration::from_secs(10));
    browser.get(REPOS).await.is(200);
    let models = branch_path("grace/models", "main", "models");
    browser.get(&models).await.is(200);
    let model = model_path("grace/models", "main", "Checkout", "data");
    browser.get(&model).await.is(200);
}

/// How many calls of this person's the forge has seen.
fn calls_of(host: &Hosted, login: &str) -> usize {
    let calls = host.forge.calls().into_iter();
    calls
        .filter(|call| call.login.as_deref() == Some(login))
        .count()
}

/// With one turn more at the host than one person may have.
async fn start(dialect: Dialect) -> Hosted {
    let turns = [
        "outgoing.concurrency = 9",
        "outgoing.concurrency_per_person = 8",
    ];
    let host = Hosted::with(dialect, App::OAuth, &turns).await;
    let models = host.repository("grace/models");
    let file = "ThreatDragonModels/Checkout/Checkout.json";
    models.seed("main", &[("100644", file, CHECKOUT)]);
    host.forge.grant("ada", "grace/models", Access::Read);
    host
}

#[tokio::test]
async fn who_reads_two_hundred_models_at_once_from_a_host_that_hangs_starves_nobody() {
    for dialect in Dialect::ALL {
        starves_nobody(dialect).await;
    }
}

async fn starves_nobody(dialect: Dialect) {
    let host = start(dialect).await;
    let (ada, grace) = (host.signed_in("ada").await, host.signed_in("grace").await);
    works(&host, &grace).await;
    host.forge.forget_calls();
    works(&host, &grace).await;
    let alone = calls_of(&host, "grace");

    let hers = Wanted::By("ada".to_owned());
    host.forge.faults().every(hers, Fault::Hang);
    // Each on a branch of its own, for equal calls at once are one.
    let model = |n| model_path("grace/models", &format!("b{n}"), "Checkout", "data");
    let paths = (0..200).map(model).chain([REPOS.to_owned()]);
    let asked: Vec<_> = paths
        .map(|path| {
            let ada = ada.clone();
            tokio::spawn(async move { drop(ada.get(&path).await) })
        })
        .collect();
    let deadline = Instant::now() + Duration::from_secs(20);
    while calls_of(&host, "ada") < 8 {
        assert!(
            Instant::now() < deadline,
            "{} calls",
            calls_of(&host, "ada")
        );
        tokio::task::yield_now().await;
    }

    works(&host, &grace).await;
    assert_eq!(calls_of(&host, "grace"), 2 * alone);
    assert_eq!(calls_of(&host, "ada"), 8);
    assert!(asked.iter().all(|ask| !ask.is_finished()));
    asked.iter().for_each(tokio::task::JoinHandle::abort);
}

//! What it costs the host and the server that a team keeps something.

use std::time::Duration;

use super::{LIBRARY, REPO, RULES, SOURCE, faults, file, own};
use crate::forge::{Access, Call, Dialect};
use crate::support::host::at_each_host;
use crate::support::{CHECKOUT, Hosted, TestApp, branch_path, model_path};

const PINS: &str = "[[source]]\nrepository = 'ada/security'\ntag = 'v1'\n";
const MODEL: &str = "ThreatDragonModels/Checkout/Checkout.json";

at_each_host!(a_tag_is_resolved_once_a_minute_for_each_person);

/// How often the host was asked where the tag stands, since this was last asked.
fn looks(host: &Hosted) -> usize {
    let is_look = |call: &Call| call.path.contains("tags/v1");
    let calls = host.forge.calls();
    host.forge.forget_calls();
    calls.into_iter().filter(is_look).count()
}

async fn a_tag_is_resolved_once_a_minute_for_each_person(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let models = host.repository(REPO);
    models.seed("main", &[file(".wyvern/sources.toml", PINS)]);
    let security = host.repository(SOURCE);
    security.seed("main", &[file(".wyvern/library/a.toml", LIBRARY)]);
    security.git(&["tag", "v1", "main"]);
    for name in [REPO, SOURCE] {
        host.forge.grant("grace", name, Access::Read);
    }
    let library = branch_path(REPO, "main", "library");
    let ada = host.signed_in("ada").await;
    let grace = host.signed_in("grace").await;
    looks(&host);
    for (who, expected) in [(&ada, 1), (&ada, 0), (&grace, 1), (&grace, 0)] {
        assert_eq!(own(&who.get(&library).await.data(), "threats").len(), 1);
        assert_eq!(looks(&host), expected);
    }
    security.seed("main", &[file(".wyvern/rules/b.toml", RULES)]);
    security.git(&["tag", "-f", "v1", "main"]);
    host.app.clock.advance(Duration::from_secs(59));
    assert_eq!(own(&ada.get(&library).await.data(), "threats").len(), 1);
    assert_eq!(looks(&host), 0);
    host.app.clock.advance(Duration::from_secs(1));
    assert_eq!(own(&ada.get(&library).await.data(), "threats").len(), 2);
    assert_eq!(looks(&host), 1);
}

#[tokio::test]
async fn who_may_not_read_a_source_any_more_reads_nothing_of_it() {
    let host = Hosted::start(Dialect::GitHub).await;
    let models = host.repository(REPO);
    models.seed("main", &[file(".wyvern/sources.toml", PINS)]);
    let security = host.repository(SOURCE);
    security.seed("main", &[file(".wyvern/library/a.toml", LIBRARY)]);
    security.git(&["tag", "v1", "main"]);
    for name in [REPO, SOURCE] {
        host.forge.grant("grace", name, Access::Read);
    }
    let library = branch_path(REPO, "main", "library");
    let grace = host.signed_in("grace").await;
    assert_eq!(own(&grace.get(&library).await.data(), "threats").len(), 1);
    host.forge.grant("grace", SOURCE, Access::None);
    host.app.clock.advance(Duration::from_secs(30));
    let data = grace.get(&library).await.data();
    assert_eq!(own(&data, "threats").len(), 0);
    assert_eq!(
        faults(&data),
        [".wyvern/sources.toml:1 there is no repository ada/security that you can read."]
    );
}

#[tokio::test]
async fn suggestions_on_a_branch_that_keeps_nothing_cost_one_call_for_it() {
    let host = Hosted::start(Dialect::GitHub).await;
    host.repository(REPO).seed("main", &[file(MODEL, CHECKOUT)]);
    let ada = host.signed_in("ada").await;
    host.forge.forget_calls();
    let suggest = model_path(REPO, "main", "Checkout", "suggest");
    let data = ada.post(&suggest, "{}").await.data();
    assert_eq!(faults(&data), [""; 0]);
    // The branch, the model, and the folder that is not there.
    let calls = host.forge.calls();
    assert_eq!(calls.len(), 3, "{calls:?}");
}

#[tokio::test]
async fn what_a_repository_and_its_sources_have_in_all_is_bounded() {
    let app = TestApp::start().await;
    let rules = |pack: &str| RULES.replace("\"own\"", &format!("\"{pack}\""));
    let models = app.repository(REPO);
    models.seed(
        "main",
        &[
            file(".wyvern/rules/a.toml", &rules("a")),
            file(".wyvern/rules/b.toml", &"#".repeat(32 << 20)),
            file(".wyvern/rules/c.toml", &rules("c")),
            file(".wyvern/library/webhooks.toml", LIBRARY),
            file(".wyvern/templates/checkout.json", CHECKOUT),
            file(".wyvern/sources.toml", PINS),
        ],
    );
    let security = app.repository(SOURCE);
    security.seed(
        "main",
        &[file(".wyvern/rules/shared.toml", &rules("shared"))],
    );
    security.git(&["tag", "v1", "main"]);
    let ada = app.owner().await;
    let at = |what: &str| branch_path(REPO, "main", what);
    let data = ada.get(&at("library")).await.data();
    let threats = own(&data, "threats");
    let threats: Vec<_> = threats.iter().map(|each| &each["id"]).collect();
    assert_eq!(threats, ["a/orders"]);
    let beyond = "this is not read: all files of rules and libraries together have at most 32 MiB, \
                  those of sources included.";
    assert_eq!(
        faults(&data),
        [
            ".wyvern/rules/b.toml:1 this is no file of at most 1 MiB.".to_owned(),
            format!(".wyvern/rules/c.toml:1 {beyond}"),
            format!("ada/security@v1:.wyvern/rules/shared.toml:1 {beyond}"),
            format!(".wyvern/library/webhooks.toml:1 {beyond}"),
        ]
    );
    let templates = ada.get(&at("templates")).await.data();
    assert_eq!(own(&templates, "templates").len(), 1);
}

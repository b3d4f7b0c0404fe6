//! People with many repositories, in groups of groups and in several workspaces (D8).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::forge::{Access, Dialect};
use crate::support::host::at_each_host;
use crate::support::{
    Browser, CHECKOUT, Hosted, Repository, branch_path, branches_path, compact, model_path,
};

const REPOSITORIES: usize = 600;
const PAGE: usize = 100;

at_each_host!(
    six_hundred_repositories_are_listed_wholly_and_found,
    a_model_in_the_deepest_of_them_is_worked_on,
);

/// Owners of repositories, as deep and as many as a host has them.
fn owners(dialect: Dialect) -> [&'static str; 3] {
    match dialect {
        Dialect::GitHub => ["ada", "Shop", "bank"],
        Dialect::GitLab => ["ada", "Shop/teams/checkout", "bank/core"],
        Dialect::Bitbucket => ["ada", "shop", "bank"],
    }
}

fn name(dialect: Dialect, number: usize) -> String {
    let owners = owners(dialect);
    format!("{}/models-{number:03}", owners[number % owners.len()])
}

async fn list(ada: &Browser, query: &str) -> Value {
    let path = format!("/api/threatmodel/repos?{query}");
    ada.get(&path).await.data()
}

async fn six_hundred_repositories_are_listed_wholly_and_found(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let names: BTreeSet<_> = (0..REPOSITORIES).map(|n| name(dialect, n)).collect();
    for name in &names {
        host.forge.repository(name);
        host.forge.grant("ada", name, Access::Write);
    }
    let ada = host.signed_in("ada").await;
    let mut found = Vec::new();
    for page in 1..=REPOSITORIES / PAGE {
        let data = list(&ada, &format!("page={page}")).await;
        let repos = data["repos"].as_array().unwrap();
        assert_eq!(repos.len(), PAGE);
        found.extend(repos.iter().map(|name| name.as_str().unwrap().to_owned()));
        let (next, prev) = (page < REPOSITORIES / PAGE, page > 1);
        let expected = json!({ "page": page, "next": next, "prev": prev });
        assert_eq!(data["pagination"], expected);
    }
    assert_eq!(found, names.into_iter().collect::<Vec<_>>());
    let data = list(&ada, "searchQuery=MODELS-59").await;
    let last: BTreeSet<_> = (590..600).map(|n| name(dialect, n)).collect();
    assert_eq!(data["repos"], json!(last));
}

async fn a_model_in_the_deepest_of_them_is_worked_on(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let name = name(dialect, 1);
    let git = Repository::at(&host.forge.repository(&name));
    git.seed("main", &[]);
    host.forge.grant("ada", &name, Access::Write);
    let ada = host.signed_in("ada").await;
    let create = model_path(&name, "main", "Checkout", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    let data = model_path(&name, "main", "Checkout", "data");
    let version = ada.get(&data).await.is(200).etag();
    let update = model_path(&name, "main", "Checkout", "update");
    let edited = compact(CHECKOUT).replacen("Shop team", "Ada", 1);
    let save = ada.ask("PUT", &update).json(edited);
    ada.send(save.header("if-match", version)).await.is(200);
    let models = ada.get(&branch_path(&name, "main", "models")).await;
    assert_eq!(models.data(), json!(["Checkout"]));
    let branches = ada.get(&branches_path(&name)).await.data();
    assert_eq!(branches["branches"][0]["name"], "main");
    let file = git.file("ThreatDragonModels/Checkout/Checkout.json");
    assert!(file.contains(r#""owner": "Ada""#), "{file}");
}

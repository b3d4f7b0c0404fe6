//! The first model of a repository without any commit.

use serde_json::json;

use crate::forge::{Access, Dialect};
use crate::support::host::at_each_host;
use crate::support::{CHECKOUT, Hosted, Repository, branch_path, branches_path, model_path};

const REPO: &str = "ada/empty";

at_each_host!(the_first_model_is_the_first_commit_of_an_empty_repository);

async fn the_first_model_is_the_first_commit_of_an_empty_repository(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let git = Repository::at(&host.forge.repository(REPO));
    host.forge.grant("ada", REPO, Access::Write);
    let ada = host.signed_in("ada").await;
    let branches = ada.get(&branches_path(REPO)).await.data();
    let pagination = json!({ "page": 1, "next": false, "prev": false });
    assert_eq!(
        branches,
        json!({ "branches": [], "pagination": pagination })
    );
    let create = model_path(REPO, "main", "First", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    assert_eq!(git.commits("main").len(), 1);
    let models = ada.get(&branch_path(REPO, "main", "models")).await;
    assert_eq!(models.data(), json!(["First"]));
    let branches = ada.get(&branches_path(REPO)).await.data();
    assert_eq!(branches["branches"][0]["name"], "main");
}

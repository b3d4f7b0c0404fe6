//! Groups of GitLab may be nested: every address about such a repository leads to it, in whichever
//! way its slashes are written.

use serde_json::json;

use super::{REPOS, Town};
use crate::api_repositories::a_model_comes_and_goes;
use crate::forge::{Access, Dialect};
use crate::support::Repository;

const SHOP: &str = "acme/payments/eu/shop";

#[tokio::test]
async fn a_repository_in_subgroups_is_reached_encoded_and_decoded() {
    let town = Town::start().await;
    let gitlab = town.at(Dialect::GitLab);
    let shop = Repository::at(&gitlab.repository(SHOP));
    shop.seed("main", &[]);
    shop.git(&["branch", "feature/x", "main"]);
    gitlab.grant("ada", SHOP, Access::Write);
    let ada = town.program(gitlab, "ada").await;
    let repos = ada.get(REPOS).await.data();
    assert_eq!(repos["repos"], json!([SHOP]));
    for (number, repository) in [
        "acme/payments%2Feu%2Fshop",
        "acme/payments/eu/shop",
        "acme/payments%2feu/shop",
        "acme%2Fpayments%2Feu/shop",
    ]
    .iter()
    .enumerate()
    {
        let base = format!("/api/threatmodel/{repository}");
        let branches = ada.get(&format!("{base}/branches?page=1")).await.data();
        let count = branches["branches"].as_array().unwrap().len();
        assert_eq!(count, 2 + number, "{repository}");
        for branch in ["main", "feature%2Fx"] {
            a_model_comes_and_goes(&ada, &format!("{base}/{branch}")).await;
        }
        let from = json!({ "refBranch": "main" }).to_string();
        let create = format!("{base}/new-{number}/createBranch");
        ada.post(&create).json(from).await.is(201);
    }
}

//! A forge speaks one dialect, and several run at once.

use crate::forge::{Access, Dialect, Forge, ForgeOptions};

#[tokio::test]
async fn each_dialect_has_its_own_repositories_and_its_own_address() {
    let mut forges = Vec::new();
    for dialect in Dialect::ALL {
        let options = ForgeOptions {
            dialect,
            ..ForgeOptions::default()
        };
        let forge = Forge::start_with(options).await;
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        forges.push((forge.repository("acme/models"), forge));
    }
    let (of_github, github) = &forges[0];
    github.grant("ada", "acme/models", Access::Write);
    github.add("acme/models", "main", &[("one", b"1")]);
    for (folder, forge) in &forges {
        let root = match forge.dialect().name() {
            "gitlab" => "/gitlab/",
            _ => "/",
        };
        assert_eq!(forge.url().path(), root);
        let git = crate::support::Repository::at(folder);
        assert_eq!(git.state().is_empty(), folder != of_github);
        let asked = reqwest::get(forge.url().join("none").unwrap()).await;
        assert_eq!(asked.unwrap().status(), 404);
        assert_eq!(forge.calls().len(), 1);
    }
}

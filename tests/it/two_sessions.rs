//! Two people in two sessions at the running program: both edits are in the result.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::running::Running;
use crate::support::Repository;

const MODEL: &str = "/api/threatmodel/demo/threat-models/main/web-shop";
const FILE: &str = "ThreatDragonModels/web-shop/web-shop.json";

/// Somebody who is signed in at a running server.
struct Client<'a> {
    server: &'a Running,
    token: String,
}

impl<'a> Client<'a> {
    fn signed_in(server: &'a Running) -> Self {
        let nobody = Self {
            server,
            token: String::new(),
        };
        let login = nobody.ask(&["/api/login/local"]);
        let (_, code) = login["data"].as_str().unwrap().split_once("code=").unwrap();
        let tokens = nobody.ask(&[&format!("/api/oauth/local?code={code}")]);
        let token = tokens["data"]["accessToken"].as_str().unwrap().to_owned();
        Self { server, token }
    }

    /// What the server answers when `curl` asks for a path with these arguments after it.
    fn ask(&self, path_and_arguments: &[&str]) -> Value {
        let (path, arguments) = path_and_arguments.split_first().unwrap();
        let output = Command::new("curl")
            .args([
                "-sS",
                "-H",
                &format!("Authorization: Bearer {}", self.token),
            ])
            .args(["-H", "Content-Type: application/json"])
            .arg(format!("{}{path}", self.server.address))
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(&said).expect(&said)
    }

    fn read(&self) -> Value {
        self.ask(&[&format!("{MODEL}/data")])["data"].take()
    }

    fn save(&self, folder: &Path, model: &Value) -> Value {
        let body = folder.join("body.json");
        std::fs::write(&body, model.to_string()).unwrap();
        let body = format!("@{}", body.display());
        let path = format!("{MODEL}/update");
        self.ask(&[&path, "-X", "PUT", "--data-binary", &body])
    }
}

#[test]
fn both_edits_are_in_the_result_and_a_collision_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Running::start(&data);
    let (ada, grace) = (Client::signed_in(&server), Client::signed_in(&server));
    let (mut adas, mut graces) = (ada.read(), grace.read());
    adas["detail"]["reviewer"] = json!("Hedy");
    graces["summary"]["owner"] = json!("Grace's team");
    let first = ada.save(folder.path(), &adas);
    assert_eq!(first["merged"], false, "{first}");
    let second = grace.save(folder.path(), &graces);
    assert_eq!(second["merged"], true, "{second}");
    let both = &second["data"];
    assert_eq!(both["detail"]["reviewer"], "Hedy");
    assert_eq!(both["summary"]["owner"], "Grace's team");
    let repository = Repository::at(&data.join("repositories/demo/threat-models.git"));
    let stored: Value = serde_json::from_str(&repository.file(FILE)).unwrap();
    assert_eq!(&stored, both);
    assert_eq!(ada.read(), stored);

    let mut other = graces.clone();
    other["summary"]["owner"] = json!("Somebody else");
    grace.save(folder.path(), &other);
    let mut late = stored.clone();
    late["summary"]["owner"] = json!("Ada's team");
    let refused = ada.save(folder.path(), &late);
    assert_eq!(refused["code"], "conflict", "{refused}");
    let conflict = &refused["conflicts"][0];
    assert_eq!(conflict["field"], "summary/owner");
    assert_eq!(conflict["base"], "Grace's team");
    assert_eq!(conflict["ours"], "Ada's team");
    assert_eq!(conflict["theirs"], "Somebody else");
    let log = repository.git(&["log", "--format=%s", "main"]);
    assert_eq!(log.lines().count(), 4, "{log}");
    repository.git(&["fsck", "--strict"]);
}

//! The demo repository, so that the first start has something to show.

use bytes::Bytes;

use crate::model::Document;
use crate::provider::local::Local;
use crate::provider::{
    Action, BranchName, Change, CommitRequest, Credential, Expect, FilePath, Provider as _,
    RepositoryName, Segment, User,
};
use crate::store::Occasion;

/// The demo models by their names.
const DEMO_MODELS: &[(&str, &str)] = &[
    (
        "fitness-tracker",
        include_str!("../../config/demo/fitness-tracker.json"),
    ),
    (
        "hospital-platform",
        include_str!("../../config/demo/hospital-platform.json"),
    ),
    ("starter", include_str!("../../config/demo/starter.json")),
    (
        "warehouse-robots",
        include_str!("../../config/demo/warehouse-robots.json"),
    ),
    ("web-shop", include_str!("../../config/demo/web-shop.json")),
];

/// Creates `demo/threat-models` with the demo models in one commit, unless it is there.
pub(super) async fn create(local: &Local, folder: &FilePath) -> anyhow::Result<()> {
    let repository = RepositoryName::parse("demo/threat-models")?;
    let who = Credential::Person(User {
        username: "wyvern".to_owned(),
        name: "Wyvern".to_owned(),
        email: "wyvern@localhost".to_owned(),
    });
    // A start that was killed after creating the repository goes on where it stopped.
    local.create_repository(&repository)?;
    let branch = BranchName::parse("main")?;
    if local.resolve(&who, &repository, &branch).await.is_ok() {
        return Ok(());
    }
    let changes = DEMO_MODELS
        .iter()
        .map(|(name, json)| change(folder, name, json));
    let changes = changes.collect::<anyhow::Result<_>>()?;
    let message = Occasion::default().message("Add the demo threat models");
    let request = CommitRequest {
        branch,
        changes,
        message,
    };
    local.commit(&who, &repository, request).await?;
    Ok(())
}

fn change(folder: &FilePath, name: &str, json: &'static str) -> anyhow::Result<Change> {
    let name = Segment::parse(name)?;
    let path = folder.join(&name)?.join(&name.with_extension("json"))?;
    let document = Document::parse(Bytes::from_static(json.as_bytes()))?;
    Ok(Change {
        path,
        action: Action::Put(document.bytes()),
        expect: Expect::Absent,
    })
}

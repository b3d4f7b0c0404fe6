//! The members of each answer and their types, field by field.
//!
//! GitLab's official description of its API comes in no package, so that these tables stand in for
//! it: they hold the members which docs.gitlab.com shows for each answer and which the forge gives.
//! No answer may have more or fewer, or another type.

use serde_json::{Value, json};

use super::{PROJECT, commit, create, read, send, start};
use crate::forge::Access;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
    List,
    Object,
    Null,
}

use Kind::{Flag, List, Null, Number, Object, Text};

type Table = &'static [(&'static [Kind], &'static [&'static str])];

const USER: Table = &[
    (&[Number], &["id", "projects_limit"]),
    (
        &[Text],
        &[
            "username",
            "name",
            "state",
            "web_url",
            "created_at",
            "confirmed_at",
            "email",
            "commit_email",
            "bio",
            "location",
            "preferred_language",
        ],
    ),
    (&[Text, Null], &["avatar_url", "public_email"]),
    (
        &[Flag],
        &[
            "locked",
            "bot",
            "two_factor_enabled",
            "external",
            "private_profile",
            "can_create_group",
            "can_create_project",
        ],
    ),
    (&[List], &["identities"]),
];

const SIMPLE_PROJECT: Table = &[
    (&[Number], &["id", "forks_count", "star_count"]),
    (
        &[Text],
        &[
            "name",
            "name_with_namespace",
            "path",
            "path_with_namespace",
            "created_at",
            "ssh_url_to_repo",
            "http_url_to_repo",
            "web_url",
            "last_activity_at",
            "visibility",
        ],
    ),
    (
        &[Text, Null],
        &["description", "default_branch", "readme_url", "avatar_url"],
    ),
    (&[List], &["tag_list", "topics"]),
    (&[Object], &["namespace"]),
];

const PROJECT_MORE: Table = &[
    (&[Number], &["creator_id", "open_issues_count"]),
    (&[Text], &["import_status", "merge_method"]),
    (&[Flag], &["archived", "empty_repo"]),
    (&[Object], &["_links", "permissions"]),
];

const NAMESPACE: Table = &[
    (&[Number], &["id"]),
    (&[Text], &["name", "path", "kind", "full_path", "web_url"]),
    (&[Number, Null], &["parent_id"]),
    (&[Text, Null], &["avatar_url"]),
];

const PERMISSIONS: Table = &[(&[Object, Null], &["project_access", "group_access"])];

const COMMIT: Table = &[
    (
        &[Text],
        &[
            "id",
            "short_id",
            "title",
            "message",
            "created_at",
            "author_name",
            "author_email",
            "authored_date",
            "committer_name",
            "committer_email",
            "committed_date",
            "web_url",
        ],
    ),
    (&[List], &["parent_ids"]),
    (&[Object], &["trailers", "extended_trailers"]),
];

const COMMIT_MORE: Table = &[
    (&[Object], &["stats"]),
    (&[Text, Null], &["status"]),
    (&[Number], &["project_id"]),
    (&[Object, Null], &["last_pipeline"]),
];

const STATS: Table = &[(&[Number], &["additions", "deletions", "total"])];

const TAG: Table = &[
    (&[Text], &["name", "message", "target"]),
    (&[Flag], &["protected"]),
    (&[Object], &["commit"]),
    (&[Null], &["release", "created_at"]),
];

const BRANCH: Table = &[
    (&[Text], &["name", "web_url"]),
    (
        &[Flag],
        &[
            "merged",
            "protected",
            "developers_can_push",
            "developers_can_merge",
            "can_push",
            "default",
        ],
    ),
    (&[Object], &["commit"]),
];

const TREE: Table = &[(&[Text], &["id", "name", "type", "path", "mode"])];

const FILE: Table = &[
    (
        &[Text],
        &[
            "file_name",
            "file_path",
            "encoding",
            "content_sha256",
            "ref",
            "blob_id",
            "commit_id",
            "last_commit_id",
            "content",
        ],
    ),
    (&[Number], &["size"]),
    (&[Flag], &["execute_filemode"]),
];

const BLOB: Table = &[
    (&[Text], &["encoding", "content", "sha"]),
    (&[Number], &["size"]),
];

const COMPARE: Table = &[
    (&[Object, Null], &["commit"]),
    (&[List], &["commits", "diffs"]),
    (&[Flag], &["compare_timeout", "compare_same_ref"]),
    (&[Text], &["web_url"]),
];

fn fits(kind: Kind, value: &Value) -> bool {
    match kind {
        Text => value.is_string(),
        Number => value.is_u64(),
        Flag => value.is_boolean(),
        List => value.is_array(),
        Object => value.is_object(),
        Null => value.is_null(),
    }
}

/// That an answer has these members and no others.
#[track_caller]
fn has(value: &Value, tables: &[Table]) {
    let mut left = value.as_object().unwrap().clone();
    for (kinds, names) in tables.iter().copied().flatten() {
        for name in *names {
            let member = left
                .remove(*name)
                .unwrap_or_else(|| panic!("no {name}: {value}"));
            let right = kinds.iter().any(|kind| fits(*kind, &member));
            assert!(right, "{name} is {member} instead of {kinds:?}");
        }
    }
    assert!(left.is_empty(), "unknown: {left:?}");
}

#[tokio::test]
async fn people_and_projects_are_whole() {
    let ada = start().await;
    has(&ada.get("api/v4/user").await.is(200).json(), &[USER]);
    ada.forge.repository("acme/security/models");
    ada.forge
        .grant("ada", "acme/security/models", Access::Write);
    let simple = ada.get("api/v4/projects?simple=true").await.is(200).json();
    let whole = ada.get("api/v4/projects").await.is(200).json();
    for number in 0..2 {
        has(&simple[number], &[SIMPLE_PROJECT]);
        let project = &whole[number];
        has(project, &[SIMPLE_PROJECT, PROJECT_MORE]);
        has(&project["namespace"], &[NAMESPACE]);
        has(&project["permissions"], &[PERMISSIONS]);
    }
    let one = ada.get(PROJECT).await.is(200).json();
    has(&one, &[SIMPLE_PROJECT, PROJECT_MORE]);
}

#[tokio::test]
async fn what_is_in_a_repository_is_whole() {
    let ada = start().await;
    let made = commit(&ada, json!([create("a/one", "1")]))
        .await
        .is(201)
        .json();
    has(&made, &[COMMIT, COMMIT_MORE]);
    has(&made["stats"], &[STATS]);
    commit(&ada, json!([create("two", "2")])).await.is(201);
    let get = async |path: &str| read(&ada, path).await.is(200).json();
    has(&get("commits/main").await, &[COMMIT, COMMIT_MORE]);
    has(&get("commits?ref_name=main").await[0], &[COMMIT]);
    let branch = get("branches/main").await;
    has(&branch, &[BRANCH]);
    has(&branch["commit"], &[COMMIT]);
    has(&get("branches").await[0], &[BRANCH]);
    let tip = made["id"].as_str().unwrap();
    ada.forge.tag("ada/models", "v1", tip, true);
    let tag = get("tags/v1").await;
    has(&tag, &[TAG]);
    has(&tag["commit"], &[COMMIT]);
    let body = json!({ "branch": "b", "ref": "main" });
    has(
        &send(&ada, "branches", &body).await.is(201).json(),
        &[BRANCH],
    );
    let tree = get("tree").await;
    has(&tree[0], &[TREE]);
    has(&tree[1], &[TREE]);
    let file = get("files/a%2Fone?ref=main").await;
    has(&file, &[FILE]);
    let blob = file["blob_id"].as_str().unwrap().to_owned();
    has(&get(&format!("blobs/{blob}")).await, &[BLOB]);
    let compared = get(&format!(
        "compare?from={}&to=main",
        made["id"].as_str().unwrap()
    ))
    .await;
    has(&compared, &[COMPARE]);
    has(&compared["commit"], &[COMMIT]);
}

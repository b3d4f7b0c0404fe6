//! The hosts that people sign in to: their settings, and what they ask of the others.

use super::{environment, faults, file, load};

#[test]
fn people_come_back_from_hosts_over_https_or_no_network() {
    let (address, url) = ("WYVERN__SERVER__ADDRESS", "WYVERN__SERVER__PUBLIC_URL");
    let hosts = [
        [("GITHUB_CLIENT_ID", "id"), ("GITHUB_CLIENT_SECRET", "s")],
        [("GITLAB_CLIENT_ID", "id"), ("GITLAB_CLIENT_SECRET", "s")],
        [
            ("BITBUCKET_CLIENT_ID", "id"),
            ("BITBUCKET_CLIENT_SECRET", "s"),
        ],
    ];
    let public = "https://wyvern.example.com";
    for (server, good) in [
        (&[(address, "0.0.0.0")][..], false),
        (
            &[(address, "0.0.0.0"), (url, "http://192.0.2.1:3000")],
            false,
        ),
        (
            &[(address, "0.0.0.0"), (url, "http://localhost:3000")],
            true,
        ),
        (&[(address, "0.0.0.0"), (url, public)], true),
        (&[(url, "http://wyvern.example.com")], false),
        (&[(url, public)], true),
        (&[], true),
    ] {
        for host in &hosts {
            let loaded = load(&environment(&[host, server].concat()));
            let keys = loaded.err().map(|faults| faults.0[0].key.clone());
            let expected = (!good).then(|| "server.public_url".to_owned());
            assert_eq!(keys, expected, "{host:?} {server:?}");
        }
        load(&environment(server)).expect("without a host nobody comes back");
    }
    let all = [hosts.concat().as_slice(), &[(address, "0.0.0.0")]].concat();
    let told = &faults(&environment(&all))[0].1;
    let start = "people come back from GitHub and GitLab and Bitbucket with a code";
    assert!(told.starts_with(start), "{told}");
}

#[test]
fn each_host_has_its_own_settings() {
    let (_folder, sources) = file(
        "[gitlab]\nclient_id = \"a\"\nclient_secret = \"b\"\nurl = \"https://example.com/git\"\n\
         models_folder = \"models\"\n[bitbucket]\nclient_id = \"c\"\nclient_secret = \"d\"\n",
    );
    let settings = load(&sources).unwrap().settings;
    assert!(settings.github.is_none());
    let (gitlab, bitbucket) = (settings.gitlab.unwrap(), settings.bitbucket.unwrap());
    assert_eq!(gitlab.url.as_str(), "https://example.com/git/");
    assert_eq!(
        (gitlab.client_id.as_str(), gitlab.scope.as_str()),
        ("a", "api")
    );
    assert_eq!(gitlab.models_folder.as_deref(), Some("models"));
    assert_eq!(bitbucket.url.as_str(), "https://bitbucket.org/");
    assert_eq!(
        (bitbucket.client_id.as_str(), bitbucket.scope.as_str()),
        ("c", "")
    );
    let (_folder, sources) = file(
        "[gitlab]\nclient_id = \"a\"\nscope = \"\"\nurl = \"http://git.example.com\"\n\
         [bitbucket]\nscope = \"repository:write\"\n",
    );
    let expected = [
        ("bitbucket.scope", "unknown key"),
        ("gitlab.client_secret", "empty"),
        ("gitlab.scope", "empty"),
        ("gitlab.url", "\"http://git.example.com\" is not https"),
    ];
    let expected = expected.map(|(key, wrong)| (key.to_owned(), wrong.to_owned()));
    assert_eq!(faults(&sources), expected);
}

#[test]
fn a_threat_dragon_environment_names_gitlab_and_bitbucket() {
    let loaded = load(&environment(&[
        ("GITLAB_CLIENT_ID", "id"),
        ("GITLAB_CLIENT_SECRET", "secret"),
        ("GITLAB_HOST", "https://gitlab.example.com:8443/git"),
        ("GITLAB_SCOPE", "read_user api"),
        (
            "GITLAB_REDIRECT_URI",
            "https://x.example.com/api/oauth/return",
        ),
        ("GITLAB_REPO_ROOT_DIRECTORY", "models"),
        ("BITBUCKET_CLIENT_ID", "key"),
        ("BITBUCKET_CLIENT_SECRET", "secret"),
        ("BITBUCKET_SCOPE", "repository:read"),
        ("BITBUCKET_WORKSPACE", "acme"),
        ("BITBUCKET_REPO_ROOT_DIRECTORY", "docs"),
        ("BITBUCKET_ENTERPRISE_HOSTNAME", "bitbucket.example.com"),
        ("BITBUCKET_ENTERPRISE_PORT", "7990"),
    ]))
    .unwrap();
    let (gitlab, bitbucket) = (
        loaded.settings.gitlab.unwrap(),
        loaded.settings.bitbucket.unwrap(),
    );
    assert_eq!(gitlab.url.as_str(), "https://gitlab.example.com:8443/git/");
    assert_eq!(gitlab.scope, "read_user api");
    assert_eq!(gitlab.models_folder.as_deref(), Some("models"));
    assert_eq!(
        bitbucket.url.as_str(),
        "https://bitbucket.example.com:7990/"
    );
    assert_eq!(bitbucket.models_folder.as_deref(), Some("docs"));
    let of = |name: &str| {
        let note = loaded.notes.iter().find(|note| note.starts_with(name));
        note.cloned().unwrap_or_default()
    };
    assert_eq!(loaded.notes.len(), 3, "{:?}", loaded.notes);
    assert!(of("GITLAB_REDIRECT_URI").contains("/api/oauth/return/gitlab"));
    assert!(of("BITBUCKET_SCOPE").contains("consumer"));
    assert!(of("BITBUCKET_WORKSPACE").contains("each workspace"));
}

//! Settings from every source, and every fault that they can have.

use std::collections::HashMap;

use secrecy::{ExposeSecret as _, SecretString};

use super::*;

mod hosts;

const KEY: &str = "0123456789abcdef0123456789abcdef-a-key";

fn environment(pairs: &[(&str, &str)]) -> Sources {
    let environment = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect::<HashMap<_, _>>();
    Sources {
        environment,
        ..Sources::default()
    }
}

fn file(toml: &str) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wyvern.toml");
    std::fs::write(&path, toml).unwrap();
    (
        folder,
        Sources {
            file: Some(path),
            ..Sources::default()
        },
    )
}

fn faults(sources: &Sources) -> Vec<(String, String)> {
    let faults = load(sources).expect_err("these settings are faulty");
    faults
        .0
        .into_iter()
        .map(|fault| (fault.key, fault.wrong))
        .collect()
}

/// Each key of the manual is read by a setting (else it would be an unknown key), and each setting
/// stands in the manual (else it would be missing from it).
#[test]
fn the_manual_and_the_settings_are_in_step() {
    let loaded = load(&Sources::default()).unwrap();
    let shown: toml_keys::Keys = toml_keys::of(&loaded.shown);
    assert_eq!(shown, toml_keys::of(DEFAULTS));
    assert_eq!(shown.len(), 57);
}

mod toml_keys {
    pub(super) type Keys = Vec<String>;

    /// `section.key` of each line that sets one, in order.
    pub(super) fn of(toml: &str) -> Keys {
        let mut section = "";
        let lines = toml
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    section = name;
                    return None;
                }
                line.split_once(" = ")
                    .map(|(key, _)| format!("{section}.{key}"))
            })
            .collect()
    }
}

#[test]
fn the_defaults_are_what_the_manual_says() {
    let settings = load(&Sources::default()).unwrap().settings;
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.server.body_limit, 32 * 1024 * 1024);
    assert_eq!(settings.auth.refresh_lifetime.as_secs(), 7 * 24 * 3600);
    assert_eq!(settings.models_folder, "ThreatDragonModels");
    assert!(settings.auth.keys.is_empty() && settings.security_txt.is_none());
}

#[test]
fn later_sources_win() {
    let (_folder, mut sources) =
        file("[server]\nport = 1\n[models]\nfolder = \"a\"\n[log]\nlevel = \"warn\"\n");
    let variables = [
        ("PORT", "2"),
        ("REPO_ROOT_DIRECTORY", "b"),
        ("WYVERN__MODELS__FOLDER", "c"),
    ];
    sources.environment = environment(&variables).environment;
    let settings = load(&sources).unwrap().settings;
    assert_eq!(
        settings.server.listen.port(),
        2,
        "a variable wins over the file"
    );
    assert_eq!(
        settings.models_folder, "c",
        "Wyvern's own name wins over the alias"
    );
    assert_eq!(settings.log.level, "warn");
    sources.overrides.listen = Some("127.0.0.1:3".parse().unwrap());
    assert_eq!(
        load(&sources).unwrap().settings.server.listen.port(),
        3,
        "the command line wins"
    );
}

#[test]
fn all_faults_are_reported_together_each_with_its_key() {
    let (_folder, sources) = file(
        "[server]\nport = 70000\nbody_limit = \"much\"\ncolour = \"red\"\n\
         [auth]\nkeys = [\"short\"]\n[log]\nformat = \"xml\"\n[nonsense]\na = 1\n",
    );
    assert_eq!(
        faults(&sources),
        [
            ("auth.keys", "a key is shorter than 32 characters"),
            ("log.format", "\"xml\" is not a format"),
            ("nonsense", "unknown section"),
            ("server.body_limit", "\"much\" is not a size"),
            ("server.colour", "unknown key"),
            ("server.port", "\"70000\" cannot be read"),
        ]
        .map(|(key, wrong)| (key.to_owned(), wrong.to_owned()))
    );
}

#[test]
fn a_misspelt_variable_is_refused() {
    let sources = environment(&[("WYVERN__SERVER__PROT", "1")]);
    assert_eq!(
        faults(&sources),
        [("server.prot".to_owned(), "unknown key".to_owned())]
    );
}

#[test]
fn an_open_address_needs_accounts() {
    let sources = environment(&[("WYVERN__SERVER__ADDRESS", "0.0.0.0")]);
    let fault = load(&sources).unwrap().settings.open_to_anybody().unwrap();
    assert_eq!(fault.key, "local.accounts");
    let sources = environment(&[("WYVERN__SERVER__ADDRESS", "::1")]);
    assert_eq!(load(&sources).unwrap().settings.open_to_anybody(), None);
    let open = |name: &str, value: &str| {
        let sources = environment(&[(name, value)]);
        let fault = load(&sources).unwrap().settings.open_to_anybody();
        fault.map(|fault| fault.wrong)
    };
    let told = "server.public_url is an address on a network and there are no accounts, so that \
                anybody could sign in";
    for url in ["https://wyvern.example.com", "http://192.0.2.1:3000"] {
        assert_eq!(open("WYVERN__SERVER__PUBLIC_URL", url).unwrap(), told);
    }
    for url in [
        "http://localhost:3000",
        "https://127.0.0.1",
        "http://[::1]:3000",
    ] {
        assert_eq!(open("WYVERN__SERVER__PUBLIC_URL", url), None, "{url}");
    }
    let told = "server.trusted_proxies says that a proxy stands before the server and there are no \
                accounts, so that anybody could sign in";
    let proxies = open("WYVERN__SERVER__TRUSTED_PROXIES", "127.0.0.1");
    assert_eq!(proxies.unwrap(), told);
    let (_folder, sources) = file(
        "[server]\naddress = \"0.0.0.0\"\n[[local.accounts]]\nusername = \"ada\"\nname = \"Ada\"\n\
         email = \"ada@example.com\"\npassword_hash = \"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA\"\n",
    );
    let loaded = load(&sources).unwrap();
    assert_eq!(loaded.settings.open_to_anybody(), None);
    assert_eq!(loaded.settings.local.accounts[0].username, "ada");
    assert_eq!(
        loaded.settings.local.accounts[0]
            .password_hash
            .expose_secret(),
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"
    );
}

#[test]
fn secrets_come_from_the_setting_or_from_a_file_and_are_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    std::fs::write(&path, format!("{KEY}\n{KEY}2\n")).unwrap();
    let path = path.to_str().unwrap();
    let loaded = load(&environment(&[("WYVERN__AUTH__KEYS_FILE", path)])).unwrap();
    let keys: Vec<_> = loaded
        .settings
        .auth
        .keys
        .iter()
        .map(SecretString::expose_secret)
        .collect();
    assert_eq!(keys, [KEY, &format!("{KEY}2")]);
    assert!(!loaded.shown.contains(KEY) && loaded.shown.contains("(secret)"));
    assert!(!format!("{:?}", loaded.settings).contains(KEY));

    let both = environment(&[
        ("WYVERN__AUTH__KEYS_FILE", path),
        ("WYVERN__AUTH__KEYS", KEY),
    ]);
    assert_eq!(
        faults(&both),
        [("auth.keys".to_owned(), "keys_file is set too".to_owned())]
    );
    let missing = faults(&environment(&[("WYVERN__AUTH__KEYS_FILE", "no-such-file")]));
    assert!(missing[0].1.starts_with("cannot read no-such-file"));
}

#[test]
fn a_threat_dragon_environment_starts_wyvern_unchanged() {
    let ring = format!(
        r#"[{{"isPrimary":false,"id":1,"value":"{KEY}2"}},{{"isPrimary":true,"id":0,"value":"{KEY}"}}]"#
    );
    let loaded = load(&environment(&[
        ("ENCRYPTION_KEYS", &ring),
        ("ENCRYPTION_JWT_SIGNING_KEY", "x"),
        ("GITHUB_CLIENT_ID", "id"),
        ("GITHUB_CLIENT_SECRET", "secret"),
        ("GITHUB_ENTERPRISE_HOSTNAME", "github.example.com"),
        ("GITHUB_ENTERPRISE_PORT", "8443"),
        ("NODE_ENV", "production"),
        ("PORT", "3001"),
        ("LOG_LEVEL", "silly"),
        ("LOCALES_ALLOWED", r#"["pt-br"]"#),
        ("SECURITY_TXT_ENABLED", "true"),
        (
            "SECURITY_TXT_CONTACT",
            "mailto:a@example.com, mailto:b@example.com",
        ),
        ("SECURITY_TXT_EXPIRES", "2030-01-01"),
    ]))
    .unwrap();
    let settings = loaded.settings;
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:3001");
    assert_eq!(
        settings.auth.keys[0].expose_secret(),
        KEY,
        "the primary key is the first"
    );
    assert_eq!(
        (settings.auth.keys.len(), settings.log.level.as_str()),
        (2, "trace")
    );
    assert_eq!(settings.locales.allowed, ["pt-BR", "en"]);
    assert_eq!(settings.security_txt.unwrap().contact.len(), 2);
    let github = settings.github.unwrap();
    assert_eq!(github.url.as_str(), "https://github.example.com:8443/");
    assert_eq!(github.client_secret.expose_secret(), "secret");
    assert_eq!(loaded.notes.len(), 2, "{:?}", loaded.notes);
}

#[test]
fn an_alias_may_name_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("port");
    std::fs::write(&path, "4000\n").unwrap();
    let mut pairs = vec![("PORT_FILE", path.to_str().unwrap())];
    assert_eq!(
        load(&environment(&pairs))
            .unwrap()
            .settings
            .server
            .listen
            .port(),
        4000
    );
    pairs.push(("PORT", "1"));
    assert_eq!(
        faults(&environment(&pairs)),
        [("PORT".to_owned(), "PORT_FILE is set too".to_owned())]
    );
}

#[test]
fn published_example_keys_are_refused() {
    let keys = r#"[{"isPrimary":true,"id":0,"value":"11223344556677889900aabbccddeeff"}]"#;
    let found = faults(&environment(&[("ENCRYPTION_KEYS", keys)]));
    assert_eq!(
        found,
        [(
            "auth.keys".to_owned(),
            "a key is a published example".to_owned()
        )]
    );
}

#[test]
fn what_would_fail_later_is_told_now() {
    let (_folder, sources) = file(
        "[server]\nbody_limit = \"65 MiB\"\n[models]\nfolder = \"../x\"\n[[local.accounts]]\n\
         username = \"ada\"\nname = \"Ada\"\nemail = \"a@example.com\"\n\
         password_hash = \"$argon2id$garbage\"\n",
    );
    assert_eq!(
        faults(&sources),
        [
            ("local.accounts[0].password_hash", "not an argon2id hash"),
            ("models.folder", "\"../x\" is no folder of a repository"),
            ("server.body_limit", "more than 64 MiB"),
        ]
        .map(|(key, wrong)| (key.to_owned(), wrong.to_owned()))
    );
}

//! Threat Dragon's variable names, so that an existing deployment's environment starts Wyvern.

use std::collections::HashMap;

use config::{Map, Value};
use serde::Deserialize;

use super::reader::{Fault, Faults};

/// Variables that are a setting of Wyvern under another name.
const SAME: &[(&str, &str)] = &[
    ("PORT", "server.port"),
    ("LOG_LEVEL", "log.level"),
    ("REPO_ROOT_DIRECTORY", "models.folder"),
    ("GITHUB_CLIENT_ID", "github.client_id"),
    ("GITHUB_CLIENT_SECRET", "github.client_secret"),
    ("GITHUB_SCOPE", "github.scope"),
    ("GITHUB_REPO_ROOT_DIRECTORY", "github.models_folder"),
    ("GITLAB_CLIENT_ID", "gitlab.client_id"),
    ("GITLAB_CLIENT_SECRET", "gitlab.client_secret"),
    ("GITLAB_HOST", "gitlab.url"),
    ("GITLAB_SCOPE", "gitlab.scope"),
    ("GITLAB_REPO_ROOT_DIRECTORY", "gitlab.models_folder"),
    ("BITBUCKET_CLIENT_ID", "bitbucket.client_id"),
    ("BITBUCKET_CLIENT_SECRET", "bitbucket.client_secret"),
    ("BITBUCKET_REPO_ROOT_DIRECTORY", "bitbucket.models_folder"),
    ("LOCALE_DEFAULT", "locales.default"),
    ("SECURITY_TXT_ENABLED", "security_txt.enabled"),
    ("SECURITY_TXT_CONTACT", "security_txt.contact"),
    ("SECURITY_TXT_EXPIRES", "security_txt.expires"),
    ("SECURITY_TXT_POLICY", "security_txt.policy"),
    ("SECURITY_TXT_CANONICAL", "security_txt.canonical"),
    (
        "SECURITY_TXT_PREFERRED_LANGUAGES",
        "security_txt.preferred_languages",
    ),
];

/// Variables that Wyvern has no use for, and why.
const NEEDLESS: &[(&str, &str)] = &[
    (
        "ENCRYPTION_JWT_SIGNING_KEY",
        "every key is derived from auth.keys",
    ),
    (
        "ENCRYPTION_JWT_REFRESH_SIGNING_KEY",
        "every key is derived from auth.keys",
    ),
    ("NODE_ENV", "there is one way of running"),
    (
        "SERVER_API_PROTOCOL",
        "set server.public_url to an https address behind a proxy",
    ),
    ("LOG_MAX_FILE_SIZE", "the log goes to standard error"),
    (
        "OAUTH_FRONTEND_RETURN_URL",
        "the return goes to server.public_url",
    ),
    (
        "GITHUB_CONTENT_REPO",
        "templates are files in each repository",
    ),
    (
        "GITLAB_REDIRECT_URI",
        "people come back to <server.public_url>/api/oauth/return/gitlab, which must be registered",
    ),
    (
        "BITBUCKET_SCOPE",
        "the consumer's permissions say what people are asked to allow",
    ),
    (
        "BITBUCKET_WORKSPACE",
        "the repositories of each workspace that you are in are listed",
    ),
    (
        "REPO_USE_SEARCH",
        "every repository that you can read is listed and can be searched",
    ),
    (
        "REPO_SEARCH_QUERY",
        "every repository that you can read is listed and can be searched",
    ),
];

/// Beginnings of the names that configure providers which this version does not serve.
const UNSERVED: &[&str] = &["GOOGLE_"];

/// What a host's own installation is said to be at: its setting, and the beginning of the names of
/// the variables for its protocol, name and port.
const ENTERPRISE: &[(&str, &str)] = &[
    ("github.url", "GITHUB_ENTERPRISE"),
    ("bitbucket.url", "BITBUCKET_ENTERPRISE"),
];

pub(super) struct Aliases {
    pub(super) settings: Map<String, Value>,
    pub(super) notes: Vec<String>,
}

/// Translates what the environment says in Threat Dragon's words.
pub(super) fn translate(environment: &HashMap<String, String>) -> Result<Aliases, Faults> {
    let mut settings = Map::new();
    for (variable, key) in SAME {
        if let Some(value) = value_of(environment, variable)? {
            settings.insert((*key).to_owned(), Value::from(value));
        }
    }
    if let Some(json) = value_of(environment, "LOCALES_ALLOWED")? {
        settings.insert("locales.allowed".to_owned(), Value::from(locales(&json)?));
    }
    if let Some(json) = value_of(environment, "ENCRYPTION_KEYS")? {
        settings.insert("auth.keys".to_owned(), Value::from(keys(&json)?));
    }
    for (key, prefix) in ENTERPRISE {
        if let Some(url) = enterprise(environment, prefix)? {
            settings.insert((*key).to_owned(), Value::from(url));
        }
    }
    let mut notes: Vec<_> = environment.keys().filter_map(|name| note(name)).collect();
    notes.sort();
    Ok(Aliases { settings, notes })
}

/// The web address that is given in three parts, when its host is.
fn enterprise(
    environment: &HashMap<String, String>,
    prefix: &str,
) -> Result<Option<String>, Faults> {
    let given = |name| value_of(environment, &format!("{prefix}_{name}"));
    let Some(host) = given("HOSTNAME")? else {
        return Ok(None);
    };
    let protocol = given("PROTOCOL")?.unwrap_or_else(|| "https".to_owned());
    let port = given("PORT")?.map(|port| format!(":{port}"));
    let port = port.unwrap_or_default();
    Ok(Some(format!("{protocol}://{host}{port}")))
}

/// The variable's value, or that of the file which `<name>_FILE` names. Empty is unset.
fn value_of(environment: &HashMap<String, String>, name: &str) -> Result<Option<String>, Faults> {
    let filled = |name: &str| environment.get(name).filter(|value| !value.is_empty());
    let file_name = format!("{name}_FILE");
    match (filled(name), filled(&file_name)) {
        (Some(_), Some(_)) => {
            Err(Fault::new(name, format!("{file_name} is set too"), "unset one of them").into())
        }
        (Some(value), None) => Ok(Some(value.clone())),
        (None, Some(path)) => std::fs::read_to_string(path)
            .map(|text| Some(text.trim_end().to_owned()))
            .map_err(|e| {
                let why = format!("cannot read {path}: {e}");
                Fault::new(file_name, why, "name a readable file").into()
            }),
        (None, None) => Ok(None),
    }
}

fn locales(json: &str) -> Result<Vec<String>, Faults> {
    serde_json::from_str(json).map_err(|_| {
        Fault::new(
            "LOCALES_ALLOWED",
            "not a list",
            r#"write it as ["en", "de"]"#,
        )
        .into()
    })
}

/// The primary key first: it is the one that seals.
fn keys(json: &str) -> Result<Vec<String>, Faults> {
    #[derive(Deserialize)]
    struct Key {
        #[serde(default, rename = "isPrimary")]
        primary: bool,
        value: String,
    }
    let mut keys: Vec<Key> = serde_json::from_str(json).map_err(|_| {
        let mend = r#"write it as [{"isPrimary": true, "id": 0, "value": "<32 characters>"}]"#;
        Faults::from(Fault::new("ENCRYPTION_KEYS", "not a list of keys", mend))
    })?;
    keys.sort_by_key(|key| !key.primary);
    Ok(keys.into_iter().map(|key| key.value).collect())
}

fn note(name: &str) -> Option<String> {
    let bare = name.strip_suffix("_FILE").unwrap_or(name);
    if let Some((_, why)) = NEEDLESS.iter().find(|(needless, _)| *needless == bare) {
        return Some(format!("{name} has no effect: {why}"));
    }
    UNSERVED
        .iter()
        .any(|prefix| name.starts_with(prefix))
        .then(|| format!("{name} has no effect: this version serves no repositories there"))
}

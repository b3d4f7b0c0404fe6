//! The settings of hosted providers, of calls to other servers, and of sessions.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use super::reader::Section;
use super::values::{duration, positive, required, size};

/// A host of repositories that people sign in to: a GitHub, a GitLab or a Bitbucket.
#[derive(Debug, Clone)]
pub struct HostSettings {
    /// Of the application, or consumer, that is registered there.
    pub client_id: String,
    /// Of the same.
    pub client_secret: SecretString,
    /// The web address; its path ends with a slash.
    pub url: Url,
    /// What people are asked to allow, with spaces; empty where the application says so.
    pub scope: String,
    /// The folder of models, when it is another one than elsewhere.
    pub models_folder: Option<String>,
}

/// How other servers are called.
#[derive(Debug, Clone)]
pub struct OutgoingSettings {
    /// To connect.
    pub connect_timeout: Duration,
    /// For the whole answer.
    pub timeout: Duration,
    /// Bytes of one answer.
    pub answer_limit: usize,
    /// Calls to one host at once.
    pub concurrency: usize,
    /// Calls to one host at once with the same credential.
    pub concurrency_per_person: usize,
    /// Bytes for kept answers and files: half for each.
    pub cache: usize,
    /// A PEM file of further authorities.
    pub certificates: Option<PathBuf>,
}

/// How long browsers stay signed in, and where that is kept.
#[derive(Debug, Clone)]
pub struct SessionSettings {
    /// Unused.
    pub idle_lifetime: Duration,
    /// In all.
    pub lifetime: Duration,
    /// `None` for this server's memory. It may hold a password.
    pub redis_url: Option<SecretString>,
}

impl HostSettings {
    /// `None` without a client id.
    pub(super) fn read(s: &mut Section<'_>) -> Option<Self> {
        Self::read_with(s, |s| required(s, "scope"))
    }

    /// The same of a host where scopes belong to the application, and are not asked for.
    pub(super) fn read_without_scope(s: &mut Section<'_>) -> Option<Self> {
        Self::read_with(s, |_| String::new())
    }

    fn read_with(
        s: &mut Section<'_>,
        scope: impl FnOnce(&mut Section<'_>) -> String,
    ) -> Option<Self> {
        let client_id = s.text("client_id");
        let client_secret = s.secret("client_secret", "client_secret_file");
        let url = web_address_of(s);
        let scope = scope(s);
        let models_folder = Some(s.text("models_folder")).filter(|folder| !folder.is_empty());
        if client_id.is_empty() {
            return None;
        }
        if client_secret.is_empty() {
            s.fault(
                "client_secret",
                "empty",
                "put in the secret that belongs to client_id",
            );
        }
        Some(Self {
            client_id,
            client_secret: client_secret.into(),
            url: url?,
            scope,
            models_folder,
        })
    }
}

fn web_address_of(s: &mut Section<'_>) -> Option<Url> {
    s.take("url", "write it like https://git.example.com", |value| {
        let text = value.into_string().map_err(|_| "not text".to_owned())?;
        web_address(&text).map(Some)
    })
}

/// Reads the web address of a host that tokens are sent to: over https, or not over a network at
/// all. The path of what is answered ends with a slash.
///
/// # Errors
/// With what is wrong, in words.
pub fn web_address(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|_| format!("{text:?} is not a web address"))?;
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !plain {
        return Err("it has more than a host, a port and a path".to_owned());
    }
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(format!("{text:?} is not https"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Whether this is an address of this machine, to which nothing goes over a network.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

impl OutgoingSettings {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        let bytes = "write a size such as \"64 MiB\"";
        let number = "write a number from 1";
        Self {
            connect_timeout: duration(s, "connect_timeout"),
            timeout: duration(s, "timeout"),
            answer_limit: s.take("answer_limit", bytes, size),
            concurrency: s.take("concurrency", number, positive),
            concurrency_per_person: s.take("concurrency_per_person", number, positive),
            cache: s.take("cache", bytes, size),
            certificates: Some(s.text("certificates"))
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
        }
    }
}

impl SessionSettings {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        let idle_lifetime = duration(s, "idle_lifetime");
        let lifetime = duration(s, "lifetime");
        let redis_url = s.secret("redis_url", "redis_url_file");
        let speaks = |scheme: &str| redis_url.starts_with(scheme);
        if !redis_url.is_empty() && !speaks("redis://") && !speaks("rediss://") {
            s.fault(
                "redis_url",
                "not an address of Redis",
                "write it like redis://redis.example.com:6379/0",
            );
        }
        Self {
            idle_lifetime,
            lifetime,
            redis_url: (!redis_url.is_empty()).then(|| redis_url.into()),
        }
    }
}

//! `wyvern login`, `logout` and `whoami`: a token of one's own, for this machine.

use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use thiserror::Error;
use url::Url;

use super::exit::{DONE, FAILED, TRIPPED, USAGE, worse};
use super::shown::shown;
use super::{Configured, print, say};
use crate::auth::credentials::{Credentials, Kept};
use crate::auth::oauth::device::{Device, DeviceError, DeviceUrls};
use crate::auth::private_file::{PrivateFileError, Unusable};
use crate::clock::{Clock as _, SystemClock};
use crate::config::{self, Environment, Faults, HostSettings, Overrides, Settings, web_address};
use crate::provider::outgoing::Outgoing;

/// Sign in at GitHub or GitLab from the command line.
///
/// Shows a code and the page to type it into, waits until that is done, and keeps the token in
/// `wyvern/credentials.toml` in the folder for configuration, which only you can read. The
/// application has to allow the device flow.
#[derive(Debug, Args)]
pub(super) struct LoginArguments {
    /// Where.
    #[arg(long, value_enum, default_value_t = Hosted::Github)]
    provider: Hosted,
    /// The client id of the application; else `github.client_id`, say.
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The web address of the host; else `github.url`, say.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    url: Option<Url>,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Hosted {
    /// GitHub or GitHub Enterprise Server.
    Github,
    /// GitLab, gitlab.com or another.
    Gitlab,
}

/// A host, and what counts there when nobody says so.
struct Host<'a> {
    section: &'static str,
    settings: Option<&'a HostSettings>,
    web: &'static str,
    scope: &'static str,
    urls: fn(&Url) -> DeviceUrls,
}

impl Hosted {
    fn of(self, settings: &Settings) -> Host<'_> {
        match self {
            Self::Github => Host {
                section: "github",
                settings: settings.github.as_ref(),
                web: "https://github.com",
                scope: "repo",
                urls: DeviceUrls::github,
            },
            Self::Gitlab => Host {
                section: "gitlab",
                settings: settings.gitlab.as_ref(),
                web: "https://gitlab.com",
                scope: "api",
                urls: DeviceUrls::gitlab,
            },
        }
    }
}

/// Forget the token that `wyvern login` keeps.
#[derive(Debug, Args)]
pub(super) struct LogoutArguments {
    /// The host, as `wyvern whoami` tells it; needed where there are several.
    #[arg(long)]
    host: Option<String>,
}

#[derive(Debug, Error)]
enum LoginError {
    #[error(transparent)]
    Settings(#[from] Faults),
    #[error("no application is named: set {0}.client_id or give --client-id")]
    NoClient(&'static str),
    #[error("neither HOME nor XDG_CONFIG_HOME says where to keep a token")]
    NoHome,
    #[error("{host}: {error}")]
    Device { host: String, error: DeviceError },
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error("nobody is signed in")]
    Nobody,
    #[error("nobody is signed in at {0}")]
    NobodyThere(String),
    #[error("there are several; name one with --host: {0}")]
    Several(String),
    #[error("{0:#}")]
    Start(#[from] anyhow::Error),
}

impl LoginError {
    fn code(&self) -> u8 {
        match self {
            Self::Nobody | Self::NobodyThere(_) => TRIPPED,
            Self::Settings(_) | Self::NoClient(_) | Self::NoHome | Self::Several(_) => USAGE,
            Self::Device { error, .. } => match error {
                DeviceError::Denied | DeviceError::Expired => TRIPPED,
                DeviceError::Disabled | DeviceError::UnknownClient => USAGE,
                DeviceError::Unreachable(_) | DeviceError::Odd(_) => FAILED,
            },
            Self::File(error) => match error.why {
                Unusable::Disk(_) => FAILED,
                Unusable::Shared | Unusable::SharedFolder | Unusable::Broken(_) => USAGE,
            },
            Self::Start(_) => FAILED,
        }
    }
}

fn ended(done: Result<u8, LoginError>) -> u8 {
    done.unwrap_or_else(|error| {
        match &error {
            LoginError::Settings(faults) => say(faults),
            error => say(shown(error)),
        }
        error.code()
    })
}

/// Signs in.
pub(super) fn login(arguments: LoginArguments, environment: &Environment) -> u8 {
    ended(sign_in(arguments, environment))
}

fn sign_in(arguments: LoginArguments, environment: &Environment) -> Result<u8, LoginError> {
    let credentials = Credentials::of(environment).ok_or(LoginError::NoHome)?;
    // Nobody types a code in vain.
    credentials.all()?;
    let LoginArguments {
        provider,
        client_id,
        url,
        configured,
    } = arguments;
    let sources = configured.sources(environment, Overrides::default());
    let settings = config::load(&sources)?.settings;
    let host = provider.of(&settings);
    let (device, web) = device(&host, client_id, url, &settings)?;
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build();
    let kept = runtime
        .context("cannot start the threads")?
        .block_on(allowed(&device, &web))
        .map_err(|error| LoginError::Device {
            host: web.host_str().unwrap_or_default().to_owned(),
            error,
        })?;
    credentials.keep(&kept)?;
    let file = credentials.path().display();
    say(shown(format_args!(
        "{} is signed in at {}; the token is kept in {file}",
        kept.login,
        kept.host()
    )));
    Ok(DONE)
}

/// The application and the host: as the command line says, or else the settings.
fn device(
    host: &Host<'_>,
    client_id: Option<String>,
    url: Option<Url>,
    settings: &Settings,
) -> Result<(Device, Url), LoginError> {
    let configured = || host.settings.map(|host| host.client_id.clone());
    let client_id = client_id.or_else(configured);
    let client_id = client_id.ok_or(LoginError::NoClient(host.section))?;
    let web = url.or_else(|| host.settings.map(|host| host.url.clone()));
    let web = web.unwrap_or_else(|| web_address(host.web).expect("it is one"));
    let scope = host.settings.map_or(host.scope, |host| host.scope.as_str());
    let clock = Arc::new(SystemClock);
    let outgoing = Outgoing::new(&settings.outgoing, clock.clone())?;
    let urls = (host.urls)(&web);
    let device = Device::new(client_id, scope.to_owned(), urls, outgoing, clock);
    Ok((device, web))
}

async fn allowed(device: &Device, web: &Url) -> Result<Kept, DeviceError> {
    let asked = device.ask().await?;
    say(format_args!("Open  {}", shown(asked.page())));
    say(format_args!("Type  {}", shown(asked.code())));
    say("Waiting; Ctrl-C stops.");
    let allowed = device.wait(&asked, tokio::time::sleep).await?;
    Ok(Kept {
        web: web.clone(),
        login: device.login_of(&allowed.token).await?,
        token: allowed.token,
        scopes: allowed.scopes,
        since: SystemClock.now(),
        until: allowed.until,
    })
}

/// Forgets a token.
pub(super) fn logout(arguments: &LogoutArguments, environment: &Environment) -> u8 {
    ended(forget(arguments.host.as_deref(), environment))
}

fn forget(host: Option<&str>, environment: &Environment) -> Result<u8, LoginError> {
    let credentials = Credentials::of(environment).ok_or(LoginError::NoHome)?;
    let mut all = credentials.all()?;
    if let Some(host) = host {
        all.retain(|kept| kept.host() == host);
    }
    let kept = match (all.as_slice(), host) {
        ([kept], _) => kept,
        ([], Some(host)) => return Err(LoginError::NobodyThere(host.to_owned())),
        ([], None) => return Err(LoginError::Nobody),
        (several, _) => {
            let hosts: Vec<_> = several.iter().map(Kept::host).collect();
            return Err(LoginError::Several(hosts.join(", ")));
        }
    };
    credentials.forget(&kept.host())?;
    let (login, host, web) = (&kept.login, kept.host(), &kept.web);
    say(shown(format_args!(
        "the token of {login} at {host} is forgotten; what it was allowed can be taken back at \
         {web}, in your settings under Applications"
    )));
    Ok(DONE)
}

/// Tells who is signed in where, since when and until when, and what was allowed.
pub(super) fn whoami(environment: &Environment) -> u8 {
    ended(tell(environment))
}

fn tell(environment: &Environment) -> Result<u8, LoginError> {
    let all = Credentials::of(environment)
        .ok_or(LoginError::NoHome)?
        .all()?;
    if all.is_empty() {
        return Err(LoginError::Nobody);
    }
    let mut code = DONE;
    for kept in all {
        let until = kept
            .until
            .map_or("revoked".to_owned(), |until| until.to_string());
        let (since, scopes) = (kept.since, kept.scopes.join(" "));
        let time = format!("from {since} until {until}");
        let fields = [kept.host(), kept.login, scopes, time];
        code = worse(code, print(fields.map(shown).join("\t")));
    }
    Ok(code)
}

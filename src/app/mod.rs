//! What the server is made of: settings, clock, sign-ins, providers and the models behind them.

mod demo;
mod hosts;
mod life;
mod reads;
mod sign_ins;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::auth::local::People;
use crate::auth::roll::Roll;
use crate::auth::{AuthError, Authority, ProviderId, Session, Tokens};
use crate::clock::Clock;
use crate::config::{LocalSettings, Settings};
use crate::provider::local::{Local, LocalOptions, git_identity};
use crate::provider::outgoing::Outgoing;
use crate::provider::{FilePath, Provider, User};
use crate::store::{ModelStore, Parsed, SaveTurns, Tags};

pub use hosts::check_hosts;
pub use life::Life;
pub use reads::{Reads, Seen};

/// The user name of the owner whom neither the settings nor git's configuration name.
const OWNER: &str = "owner";

/// A provider that is served, and where in its repositories the models are.
#[derive(Debug)]
struct Served {
    provider: Arc<dyn Provider>,
    /// Its web address; `None` for this server's own.
    web: Option<Url>,
    models_folder: FilePath,
    /// Of those who save its models.
    turns: Arc<SaveTurns>,
    /// What people have seen of its tags.
    tags: Tags,
}

/// Everything a request can need. One for each server, shared by all requests.
#[derive(Debug)]
pub struct App {
    /// What is configured.
    pub settings: Settings,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Tokens and sign-ins.
    pub authority: Authority,
    /// The people of the local provider; `None` when it is not served.
    pub people: Option<People>,
    /// The versions that clients without preconditions have read.
    pub reads: Reads,
    /// Whether it is to stop.
    pub life: Life,
    served: HashMap<ProviderId, Served>,
    outgoing: Outgoing,
    parsed: Parsed,
    started: Timestamp,
}

impl App {
    /// Opens the data folder and the repositories, and creates the demo repository on the first
    /// start.
    ///
    /// # Errors
    /// When a folder or repository cannot be used; the text says which and why. [`Faults`] when a
    /// host that is configured cannot be served.
    ///
    /// [`Faults`]: crate::config::Faults
    pub async fn start(settings: Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        check_hosts(&settings)?;
        let roll = Roll::open(&settings, Arc::clone(&clock))?;
        std::fs::create_dir_all(&settings.data).with_context(|| {
            format!("cannot create the data folder {}", settings.data.display())
        })?;
        let models_folder = FilePath::parse(&settings.models_folder).context("models.folder")?;
        let outgoing = Outgoing::new(&settings.outgoing, Arc::clone(&clock))?;
        let (records, turns) = sign_ins::records(&settings, &clock).await?;
        let (mut served, hosted) = hosts::hosts(&settings, &outgoing, &clock, turns.as_ref())?;
        let authority = sign_ins::authority(&settings, &clock, records, hosted)?;
        let local = roll.as_ref().map(|_| open_local(&settings, &clock));
        let local = local.transpose()?;
        if let Some(local) = local.as_ref().filter(|_| settings.local.demo) {
            demo::create(local, &models_folder)
                .await
                .context("cannot create the demo models")?;
        }
        let people = roll.map(|roll| people(&settings.local, roll));
        let local = local.map(|local| Served {
            provider: local,
            web: None,
            models_folder,
            turns: Arc::default(),
            tags: Tags::new(Arc::clone(&clock)),
        });
        served.extend(local.map(|local| (ProviderId::Local, local)));
        Ok(Self {
            started: clock.now(),
            parsed: Parsed::default(),
            reads: Reads::default(),
            life: Life::default(),
            settings,
            clock,
            authority,
            people,
            served,
            outgoing,
        })
    }

    /// The provider of this name, when it is served.
    #[must_use]
    pub fn provider(&self, id: ProviderId) -> Option<Arc<dyn Provider>> {
        let served = self.served.get(&id);
        served.map(|served| Arc::clone(&served.provider))
    }

    /// Whether the provider of this name is served.
    #[must_use]
    pub fn serves(&self, id: ProviderId) -> bool {
        self.served.contains_key(&id)
    }

    /// The web address of the provider of this name; `None` for this server's own repositories,
    /// and for one that is not served.
    #[must_use]
    pub fn web(&self, id: ProviderId) -> Option<&Url> {
        self.served.get(&id)?.web.as_ref()
    }

    /// Whether this person may still act; an account may have been removed, or got another
    /// password, since they signed in.
    #[must_use]
    pub fn admits(&self, session: &Session) -> bool {
        let identity = &session.identity;
        let people = self.people.as_ref();
        identity.provider != ProviderId::Local
            || people.is_some_and(|people| people.includes(identity))
    }

    /// Exchanges a refresh handle for new tokens. Who may not act any more has their sign-in ended.
    ///
    /// # Errors
    /// As [`Authority::refresh`].
    pub async fn refresh(&self, handle: &str) -> Result<Tokens, AuthError> {
        let tokens = self.authority.refresh(handle).await?;
        let session = self.authority.session(&tokens.access).await?;
        if self.admits(&session) {
            return Ok(tokens);
        }
        self.authority.sign_out(&session.id).await?;
        Err(AuthError::Refused)
    }

    /// The models that this person can reach, where they have signed in; `None` when that is not
    /// served.
    #[must_use]
    pub fn models(&self, session: &Session) -> Option<ModelStore> {
        let identity = &session.identity;
        let served = self.served.get(&identity.provider)?;
        Some(ModelStore::new(
            Arc::clone(&served.provider),
            identity.credential.clone(),
            served.models_folder.clone(),
            self.parsed.clone(),
            Arc::clone(&served.turns),
            served.tags.clone(),
        ))
    }

    /// Completes when no commit at a host is under way any more; no new one is to begin.
    pub async fn finished(&self) {
        self.outgoing.finished().await;
    }

    /// How long the server has been up.
    #[must_use]
    pub fn uptime(&self) -> SignedDuration {
        self.clock.now().duration_since(self.started)
    }

    /// Whether new work may be sent here.
    ///
    /// # Errors
    /// With what is in the way, in words that may be shown.
    pub async fn ready(&self) -> Result<(), &'static str> {
        if self.life.is_stopping() {
            Err("The server is stopping.")
        } else if !self.settings.data.is_dir() {
            Err("The data folder is gone.")
        } else if !self.authority.records_answer().await {
            Err("The records of sign-ins cannot be reached.")
        } else {
            Ok(())
        }
    }
}

fn open_local(settings: &Settings, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<Local>> {
    let repositories = &settings.local.repositories;
    let repositories = repositories
        .iter()
        .map(|path| resolved(path))
        .collect::<Result<_, _>>()?;
    let options = LocalOptions {
        data: settings.data.clone(),
        repositories,
        clock: Arc::clone(clock),
    };
    Ok(Arc::new(Local::open(options)?))
}

fn resolved(path: &Path) -> anyhow::Result<std::path::PathBuf> {
    path.canonicalize()
        .with_context(|| format!("cannot serve the repository {}", path.display()))
}

fn people(settings: &LocalSettings, accounts: Roll) -> People {
    let (git_name, git_email) = git_identity();
    let given = |setting: &str| (!setting.trim().is_empty()).then(|| setting.to_owned());
    let name = given(&settings.owner_name)
        .or(git_name)
        .unwrap_or_else(|| OWNER.to_owned());
    let email = given(&settings.owner_email).or(git_email);
    let email = email.unwrap_or_else(|| format!("{OWNER}@localhost"));
    let owner = User {
        username: name.clone(),
        name,
        email,
    };
    People::on(owner, accounts)
}

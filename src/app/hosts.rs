//! The hosts that people sign in to, as the settings have them: the repositories there, and signing
//! in to them.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use url::Url;

use super::Served;
use crate::auth::oauth::{OAuth, OAuthOptions, OAuthUrls};
use crate::auth::{Hosted, ProviderId};
use crate::clock::Clock;
use crate::config::{Fault, Faults, HostSettings, Settings};
use crate::provider::bitbucket::{self, Bitbucket, Unserved};
use crate::provider::github::{self, GitHub};
use crate::provider::gitlab::GitLab;
use crate::provider::outgoing::Outgoing;
use crate::provider::{FilePath, HostOptions, Provider, SharedTurns};
use crate::store::{SaveTurns, Tags};

/// A kind of host, and how its parts are made.
struct Kind {
    id: ProviderId,
    settings: fn(&Settings) -> Option<&HostSettings>,
    urls: fn(&Url) -> Result<OAuthUrls, Unserved>,
    provider: fn(HostOptions) -> Result<Arc<dyn Provider>, Unserved>,
}

const KINDS: [Kind; 3] = [
    Kind {
        id: ProviderId::GitHub,
        settings: |settings| settings.github.as_ref(),
        urls: |web| Ok(OAuthUrls::github(&github::Endpoints::of(web))),
        provider: |options| Ok(Arc::new(GitHub::new(options))),
    },
    Kind {
        id: ProviderId::GitLab,
        settings: |settings| settings.gitlab.as_ref(),
        urls: |web| Ok(OAuthUrls::gitlab(web)),
        provider: |options| Ok(Arc::new(GitLab::new(options))),
    },
    Kind {
        id: ProviderId::Bitbucket,
        settings: |settings| settings.bitbucket.as_ref(),
        urls: |web| Ok(OAuthUrls::bitbucket(&bitbucket::Endpoints::of(web)?.web)),
        provider: |options| Ok(Arc::new(Bitbucket::new(options)?)),
    },
];

/// The hosts that are configured.
fn configured(settings: &Settings) -> impl Iterator<Item = (&'static Kind, &HostSettings)> {
    let configured = |kind: &'static Kind| Some((kind, (kind.settings)(settings)?));
    KINDS.iter().filter_map(configured)
}

/// Whether each host that is configured can be served, as far as can be told without asking it.
///
/// # Errors
/// With what is wrong with the settings of those that cannot.
pub fn check_hosts(settings: &Settings) -> Result<(), Faults> {
    let refused = configured(settings).filter_map(|(kind, host)| {
        let why = (kind.urls)(&host.url).err()?;
        Some(Fault {
            key: format!("{}.url", kind.id),
            wrong: why.to_string(),
            mend: "leave its client_id empty, and it is not served".to_owned(),
        })
    });
    let faults: Vec<_> = refused.collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults))
    }
}

/// The providers that are configured, each with its sign-in pages. None of them is asked anything
/// yet: one that is down stops nobody's start. The room for what is kept of files is split among them
/// in equal parts, whoever uses theirs.
pub(super) fn hosts(
    settings: &Settings,
    outgoing: &Outgoing,
    clock: &Arc<dyn Clock>,
    turns: Option<&SharedTurns>,
) -> anyhow::Result<(HashMap<ProviderId, Served>, Vec<Hosted>)> {
    let configured: Vec<_> = configured(settings).collect();
    let cache = settings.outgoing.cache / 2 / configured.len().max(1);
    let options = |host: &HostSettings| HostOptions {
        url: host.url.clone(),
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
        cache,
        turns: turns.cloned(),
    };
    let made = configured.into_iter().map(|(kind, host)| {
        let provider = (kind.provider)(options(host))?;
        let hosted = Hosted {
            id: kind.id,
            oauth: oauth(kind, host, outgoing, clock)?,
            provider: Arc::clone(&provider),
        };
        let served = Served {
            provider,
            web: Some(host.url.clone()),
            models_folder: models_folder(kind, host, settings)?,
            turns: Arc::new(SaveTurns::among(&host.url, turns.cloned())),
            tags: Tags::new(Arc::clone(clock)),
        };
        Ok(((kind.id, served), hosted))
    });
    let made: anyhow::Result<Vec<_>> = made.collect();
    Ok(made?.into_iter().unzip())
}

fn models_folder(
    kind: &Kind,
    host: &HostSettings,
    settings: &Settings,
) -> anyhow::Result<FilePath> {
    let folder = host.models_folder.as_ref();
    let folder = folder.unwrap_or(&settings.models_folder);
    FilePath::parse(folder).with_context(|| format!("{}.models_folder", kind.id))
}

fn oauth(
    kind: &Kind,
    host: &HostSettings,
    outgoing: &Outgoing,
    clock: &Arc<dyn Clock>,
) -> Result<OAuth, Unserved> {
    Ok(OAuth::new(OAuthOptions {
        client_id: host.client_id.clone(),
        client_secret: host.client_secret.clone(),
        scope: host.scope.clone(),
        urls: (kind.urls)(&host.url)?,
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
    }))
}

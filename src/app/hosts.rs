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
use crate::config::{HostSettings, Settings};
use crate::provider::github::{Endpoints, GitHub};
use crate::provider::gitlab::GitLab;
use crate::provider::outgoing::Outgoing;
use crate::provider::{FilePath, HostOptions, Provider};

/// A kind of host, and how its parts are made.
struct Kind {
    id: ProviderId,
    settings: fn(&Settings) -> Option<&HostSettings>,
    urls: fn(&Url) -> OAuthUrls,
    provider: fn(HostOptions) -> Arc<dyn Provider>,
}

const KINDS: [Kind; 2] = [
    Kind {
        id: ProviderId::GitHub,
        settings: |settings| settings.github.as_ref(),
        urls: |web| OAuthUrls::github(&Endpoints::of(web)),
        provider: |options| Arc::new(GitHub::new(options)),
    },
    Kind {
        id: ProviderId::GitLab,
        settings: |settings| settings.gitlab.as_ref(),
        urls: OAuthUrls::gitlab,
        provider: |options| Arc::new(GitLab::new(options)),
    },
];

/// The providers that are configured, each with its sign-in pages. None of them is asked anything
/// yet: one that is down stops nobody's start. They share the room for what is kept of files.
pub(super) fn hosts(
    settings: &Settings,
    outgoing: &Outgoing,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<(HashMap<ProviderId, Served>, Vec<Hosted>)> {
    let configured = KINDS.iter().filter_map(|kind| {
        let host = (kind.settings)(settings)?;
        Some((kind, host))
    });
    let configured: Vec<_> = configured.collect();
    let cache = settings.outgoing.cache / 2 / configured.len().max(1);
    let options = |host: &HostSettings| HostOptions {
        url: host.url.clone(),
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
        cache,
    };
    let made = configured.into_iter().map(|(kind, host)| {
        let provider = (kind.provider)(options(host));
        let hosted = Hosted {
            id: kind.id,
            oauth: oauth(kind, host, outgoing, clock),
            provider: Arc::clone(&provider),
        };
        let served = Served {
            provider,
            web: Some(host.url.clone()),
            models_folder: models_folder(kind, host, settings)?,
            turns: Arc::default(),
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

fn oauth(kind: &Kind, host: &HostSettings, outgoing: &Outgoing, clock: &Arc<dyn Clock>) -> OAuth {
    OAuth::new(OAuthOptions {
        client_id: host.client_id.clone(),
        client_secret: host.client_secret.clone(),
        scope: host.scope.clone(),
        urls: (kind.urls)(&host.url),
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
    })
}

//! GitHub, as the settings have it: the repositories, and signing in to them.

use std::sync::Arc;

use anyhow::Context as _;

use super::Served;
use crate::auth::oauth::{OAuth, OAuthOptions, OAuthUrls};
use crate::auth::{Hosted, ProviderId};
use crate::clock::Clock;
use crate::config::{GitHubSettings, Settings};
use crate::provider::github::{Endpoints, GitHub};
use crate::provider::outgoing::Outgoing;
use crate::provider::{FilePath, HostOptions, Provider};

/// The provider and its sign-in pages; `None` when it is not configured.
pub(super) fn github(
    settings: &Settings,
    outgoing: &Outgoing,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Option<(Served, Hosted)>> {
    let Some(github) = &settings.github else {
        return Ok(None);
    };
    let folder = github.models_folder.as_ref();
    let folder = folder.unwrap_or(&settings.models_folder);
    let models_folder = FilePath::parse(folder).context("github.models_folder")?;
    let provider: Arc<dyn Provider> = Arc::new(GitHub::new(HostOptions {
        url: github.url.clone(),
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
        cache: settings.outgoing.cache / 2,
    }));
    let hosted = Hosted {
        id: ProviderId::GitHub,
        oauth: oauth(github, outgoing, clock),
        provider: Arc::clone(&provider),
    };
    let served = Served {
        provider,
        models_folder,
        turns: Arc::default(),
    };
    Ok(Some((served, hosted)))
}

fn oauth(github: &GitHubSettings, outgoing: &Outgoing, clock: &Arc<dyn Clock>) -> OAuth {
    OAuth::new(OAuthOptions {
        client_id: github.client_id.clone(),
        client_secret: github.client_secret.clone(),
        scope: github.scope.clone(),
        urls: OAuthUrls::github(&Endpoints::of(&github.url)),
        outgoing: outgoing.clone(),
        clock: Arc::clone(clock),
    })
}

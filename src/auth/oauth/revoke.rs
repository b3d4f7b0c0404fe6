//! A token is given back to the provider.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::exchange::unanswered;
use super::{OAuth, Revoke, unavailable};
use crate::provider::ProviderError;
use crate::provider::outgoing::{Call, Repeat};

impl OAuth {
    /// Ends a token at the provider. One that it no longer knows has ended.
    pub(in super::super) async fn revoke(&self, token: &SecretString) -> Result<(), ProviderError> {
        let Revoke::GitHub { api } = &self.options.urls.revoke;
        let body = serde_json::json!({ "access_token": token.expose_secret() });
        let call = Call {
            method: Method::DELETE,
            url: self.token_of(api),
            headers: self.as_client(),
            body: body.to_string().into(),
            repeat: Repeat::Safe,
        };
        let answer = self.options.outgoing.send(call).await.map_err(unanswered)?;
        match answer.status.as_u16() {
            204 | 404 | 422 => Ok(()),
            status => Err(unavailable(&format!("It answered with status {status}."))),
        }
    }

    fn token_of(&self, api: &Url) -> Url {
        let mut url = api.clone();
        url.path_segments_mut()
            .expect("a web address has a path")
            .pop_if_empty()
            .extend(["applications", &self.options.client_id, "token"]);
        url
    }

    /// The client's own name and secret prove it here (RFC 7617).
    fn as_client(&self) -> HeaderMap {
        let secret = self.options.client_secret.expose_secret();
        let pair = STANDARD.encode(format!("{}:{secret}", self.options.client_id));
        let mut basic = HeaderValue::from_str(&format!("Basic {pair}"))
            .expect("base64 has characters of headers only");
        basic.set_sensitive(true);
        let json = HeaderValue::from_static("application/json");
        let github = HeaderValue::from_static("application/vnd.github+json");
        [
            (AUTHORIZATION, basic),
            (CONTENT_TYPE, json),
            (ACCEPT, github),
        ]
        .into_iter()
        .collect()
    }
}

//! A token is given back to the provider.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Url, form_urlencoded};

use super::exchange::unanswered;
use super::{OAuth, Revoke, unavailable};
use crate::provider::ProviderError;
use crate::provider::outgoing::{Call, Repeat};

impl OAuth {
    /// Ends a token at the provider, where that can be done. One that it no longer knows has ended.
    pub(in super::super) async fn revoke(&self, token: &SecretString) -> Result<(), ProviderError> {
        let token = token.expose_secret();
        let call = match &self.options.urls.revoke {
            Revoke::GitHub { api } => self.deletion(api, token),
            Revoke::Form(page) => self.form(page, token),
            Revoke::Never => return Ok(()),
        };
        let answer = self.options.outgoing.send(call).await.map_err(unanswered)?;
        match answer.status.as_u16() {
            200 | 204 | 404 | 422 => Ok(()),
            status => Err(unavailable(&format!("It answered with status {status}."))),
        }
    }

    fn deletion(&self, api: &Url, token: &str) -> Call {
        let json = HeaderValue::from_static("application/json");
        let github = HeaderValue::from_static("application/vnd.github+json");
        let headers = [
            (AUTHORIZATION, self.as_client()),
            (CONTENT_TYPE, json),
            (ACCEPT, github),
        ];
        let body = serde_json::json!({ "access_token": token });
        Call {
            method: Method::DELETE,
            url: self.token_of(api),
            headers: headers.into_iter().collect(),
            body: body.to_string().into(),
            repeat: Repeat::Safe,
        }
    }

    /// The client proves itself in the form.
    fn form(&self, page: &Url, token: &str) -> Call {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.options.client_id)
            .append_pair("client_secret", self.options.client_secret.expose_secret())
            .append_pair("token", token)
            .finish();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let json = HeaderValue::from_static("application/json");
        Call {
            method: Method::POST,
            url: page.clone(),
            headers: [(CONTENT_TYPE, kind), (ACCEPT, json)].into_iter().collect(),
            body: form.into(),
            repeat: Repeat::Safe,
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
    fn as_client(&self) -> HeaderValue {
        let secret = self.options.client_secret.expose_secret();
        let pair = STANDARD.encode(format!("{}:{secret}", self.options.client_id));
        let mut basic = HeaderValue::from_str(&format!("Basic {pair}"))
            .expect("base64 has characters of headers only");
        basic.set_sensitive(true);
        basic
    }
}

//! Somebody who has proved who they are, as records and access tokens keep it.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use super::oauth::Grant;
use super::{Identity, ProviderId};
use crate::provider::{Credential, User};

/// Who, and by what.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Proven {
    pub(super) provider: ProviderId,
    pub(super) username: String,
    pub(super) account: Option<String>,
    pub(super) proof: Proof,
}

/// What the provider asks of them. What is written of it is a secret.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Proof {
    Person {
        username: String,
        name: String,
        email: String,
    },
    Grant(#[serde(with = "GrantForm")] Grant),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Grant")]
struct GrantForm {
    #[serde(serialize_with = "exposed")]
    access: SecretString,
    expires: Option<Timestamp>,
    #[serde(serialize_with = "exposed_if_any")]
    refresh: Option<SecretString>,
    refresh_expires: Option<Timestamp>,
    scopes: Vec<String>,
    redirect: Option<String>,
}

fn exposed<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

#[expect(clippy::ref_option, reason = "serde calls it with the field")]
fn exposed_if_any<S: Serializer>(
    secret: &Option<SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = secret.as_ref().map(ExposeSecret::expose_secret);
    text.serialize(serializer)
}

impl Proven {
    /// What the provider gave them, when it is a hosted one.
    pub(super) fn grant(&self) -> Option<&Grant> {
        match &self.proof {
            Proof::Person { .. } => None,
            Proof::Grant(grant) => Some(grant),
        }
    }

    /// The same person with another grant.
    pub(super) fn with(&self, grant: Grant) -> Self {
        Self {
            provider: self.provider,
            username: self.username.clone(),
            account: self.account.clone(),
            proof: Proof::Grant(grant),
        }
    }
}

impl From<Identity> for Proven {
    fn from(identity: Identity) -> Self {
        Self {
            provider: identity.provider,
            username: identity.username,
            account: identity.account,
            proof: (&identity.credential).into(),
        }
    }
}

impl From<Proven> for Identity {
    fn from(proven: Proven) -> Self {
        Self {
            provider: proven.provider,
            username: proven.username,
            account: proven.account,
            credential: proven.proof.into(),
        }
    }
}

impl From<&Credential> for Proof {
    fn from(credential: &Credential) -> Self {
        match credential {
            Credential::Person(User {
                username,
                name,
                email,
            }) => Self::Person {
                username: username.clone(),
                name: name.clone(),
                email: email.clone(),
            },
            Credential::Token(access) => Self::Grant(Grant {
                access: access.clone(),
                expires: None,
                refresh: None,
                refresh_expires: None,
                scopes: Vec::new(),
                redirect: None,
            }),
        }
    }
}

impl From<Proof> for Credential {
    fn from(proof: Proof) -> Self {
        match proof {
            Proof::Person {
                username,
                name,
                email,
            } => Self::Person(User {
                username,
                name,
                email,
            }),
            Proof::Grant(grant) => Self::Token(grant.access),
        }
    }
}

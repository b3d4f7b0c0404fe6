//! Where Bitbucket's interface is, and which Bitbuckets have one that is enough.

use thiserror::Error;
use url::Url;

use crate::config::is_loopback;

/// The addresses of Bitbucket Cloud. Each path ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// For people, and for signing in.
    pub web: Url,
    /// The REST interface, version 2.0.
    pub api: Url,
}

/// A Bitbucket that models cannot be kept in. Its text is for whoever writes the settings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{web} is not Bitbucket Cloud (https://bitbucket.org/). Bitbucket Data Center has an interface \
     of its own, which deletes no files and makes no commit of several files: models could be \
     neither deleted nor renamed, and no save would be made wholly or not at all. Use Bitbucket \
     Cloud, or bare clones of the repositories with the local provider"
)]
pub struct Unserved {
    web: Url,
}

impl Endpoints {
    /// The interface of the Bitbucket with this web address: bitbucket.org has a host for it
    /// (developer.atlassian.com, "The Bitbucket Cloud REST API"). An emulator on this machine has
    /// it below its own address.
    ///
    /// # Errors
    /// When it is neither.
    pub fn of(web: &Url) -> Result<Self, Unserved> {
        let mut web = web.clone();
        if !web.path().ends_with('/') {
            web.set_path(&format!("{}/", web.path()));
        }
        let api = if web.as_str() == "https://bitbucket.org/" {
            Url::parse("https://api.bitbucket.org/2.0/").expect("it is an address")
        } else if is_loopback(&web) {
            let below = web.join("2.0/");
            below.expect("a relative path can be joined to a web address")
        } else {
            return Err(Unserved { web });
        };
        Ok(Self { web, api })
    }

    /// Whether this is Bitbucket itself.
    pub(super) fn is_cloud(&self) -> bool {
        !is_loopback(&self.web)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(web: &str) -> Result<[String; 2], Unserved> {
        let found = Endpoints::of(&Url::parse(web).unwrap())?;
        Ok([found.web, found.api].map(|url| url.to_string()))
    }

    #[test]
    fn the_cloud_and_an_emulator_have_their_addresses() {
        let cloud = ["https://bitbucket.org/", "https://api.bitbucket.org/2.0/"];
        assert_eq!(of("https://bitbucket.org").unwrap(), cloud);
        assert_eq!(of("https://bitbucket.org:443/").unwrap(), cloud);
        assert_eq!(
            of("http://127.0.0.1:7999/x").unwrap(),
            ["http://127.0.0.1:7999/x/", "http://127.0.0.1:7999/x/2.0/"]
        );
    }

    #[test]
    fn whatever_else_is_refused_with_what_it_lacks() {
        for web in [
            "https://bitbucket.example.com/",
            "https://bitbucket.org:8443/",
            "https://bitbucket.org/team",
            "https://api.bitbucket.org/",
            "http://bitbucket.org/",
        ] {
            let refused = of(web).unwrap_err().to_string();
            for said in [web, "deletes no files", "local provider"] {
                assert!(refused.contains(said), "{refused}");
            }
        }
    }
}

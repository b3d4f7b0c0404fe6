//! Where GitHub's interfaces are: all of them made from its web address.

use http::Uri;
use url::{Origin, Url};

/// The addresses of one GitHub. Each path that is a folder ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// For people, and for signing in.
    pub web: Url,
    /// The REST interface.
    pub api: Url,
    /// The GraphQL interface.
    pub graphql: Url,
}

impl Endpoints {
    /// The interfaces of the GitHub with this web address: github.com and the subdomains of
    /// ghe.com have a host for them, an Enterprise Server has them below its own address, whatever
    /// port and path that has (docs.github.com, "Getting started with the REST API").
    #[must_use]
    pub fn of(web: &Url) -> Self {
        let mut web = web.clone();
        if !web.path().ends_with('/') {
            web.set_path(&format!("{}/", web.path()));
        }
        if let Some(api) = hosted(&web) {
            let graphql = below(&api, "graphql");
            return Self { web, api, graphql };
        }
        Self {
            api: below(&web, "api/v3/"),
            graphql: below(&web, "api/graphql"),
            web,
        }
    }

    /// Where a call with this path (and query) goes. `/graphql` is no path of the REST interface.
    pub(super) fn locate(&self, uri: &Uri) -> Url {
        if uri.path() == "/graphql" {
            return self.graphql.clone();
        }
        let mut url = self.api.clone();
        let base = self.api.path().trim_end_matches('/');
        url.set_path(&format!("{base}{}", uri.path()));
        url.set_query(uri.query());
        url
    }

    /// The path (and query) of a link to the REST interface, such as `locate` takes; `None` when
    /// the link leads anywhere else. A person's token is never sent there.
    pub(super) fn inside(&self, link: &str) -> Option<String> {
        let url = self.api.join(link).ok()?;
        let origin: Origin = url.origin();
        let plain = url.username().is_empty() && url.password().is_none();
        if origin != self.api.origin() || !plain {
            return None;
        }
        let path = url.path().strip_prefix(self.api.path())?;
        let query = url.query().map(|query| format!("?{query}"));
        Some(format!("/{path}{}", query.unwrap_or_default()))
    }
}

fn hosted(web: &Url) -> Option<Url> {
    let host = web.host_str().filter(|_| web.port().is_none())?;
    let known = host == "github.com" || host.ends_with(".ghe.com");
    let api = known.then(|| format!("{}://api.{host}/", web.scheme()))?;
    Some(Url::parse(&api).expect("a host with a label before it is a host"))
}

fn below(base: &Url, path: &str) -> Url {
    base.join(path)
        .expect("a relative path can be joined to a web address")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(web: &str) -> [String; 3] {
        let found = Endpoints::of(&Url::parse(web).unwrap());
        [found.web, found.api, found.graphql].map(|url| url.to_string())
    }

    /// D5: a port and a path stand where addresses have them.
    #[test]
    fn each_kind_of_github_has_its_addresses() {
        assert_eq!(
            of("https://github.com/"),
            [
                "https://github.com/",
                "https://api.github.com/",
                "https://api.github.com/graphql"
            ]
        );
        assert_eq!(
            of("https://octo.ghe.com"),
            [
                "https://octo.ghe.com/",
                "https://api.octo.ghe.com/",
                "https://api.octo.ghe.com/graphql"
            ]
        );
        assert_eq!(
            of("https://git.example.com:8443/hub"),
            [
                "https://git.example.com:8443/hub/",
                "https://git.example.com:8443/hub/api/v3/",
                "https://git.example.com:8443/hub/api/graphql"
            ]
        );
        // Only the names themselves are GitHub's.
        assert_eq!(
            of("https://notgithub.com")[1],
            "https://notgithub.com/api/v3/"
        );
    }

    #[test]
    fn calls_go_below_the_interface_whatever_they_begin_with() {
        let at = |web: &str, path: &'static str| {
            let endpoints = Endpoints::of(&Url::parse(web).unwrap());
            endpoints.locate(&Uri::from_static(path)).to_string()
        };
        let host = "https://git.example.com/r/";
        assert_eq!(
            at(host, "/repos/a/b/branches/x%23/y?page=2"),
            "https://git.example.com/r/api/v3/repos/a/b/branches/x%23/y?page=2"
        );
        assert_eq!(
            at(host, "/graphql"),
            "https://git.example.com/r/api/graphql"
        );
        assert_eq!(
            at("https://github.com/", "/user"),
            "https://api.github.com/user"
        );
    }

    #[test]
    fn links_that_lead_elsewhere_are_not_followed() {
        let endpoints = Endpoints::of(&Url::parse("https://git.example.com:8443/hub/").unwrap());
        let inside = |link: &str| endpoints.inside(link);
        let link = "https://git.example.com:8443/hub/api/v3/repositories/7/branches?page=2";
        assert_eq!(inside(link).unwrap(), "/repositories/7/branches?page=2");
        for elsewhere in [
            "https://evil.example/hub/api/v3/user",
            "https://git.example.com/hub/api/v3/user",
            "http://git.example.com:8443/hub/api/v3/user",
            "https://git.example.com:8443/other/api/v3/user",
            "https://git.example.com:8443/hub/api/v3/../../user",
            "https://x@git.example.com:8443/hub/api/v3/user",
            "//evil.example/hub/api/v3/user",
        ] {
            assert_eq!(inside(elsewhere), None, "{elsewhere}");
        }
    }
}

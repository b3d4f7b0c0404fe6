//! Where GitLab's interfaces are: all of them below its web address.

use url::Url;

/// The addresses of one GitLab. Each path that is a folder ends with a slash.
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
    /// The interfaces of the GitLab with this web address. One that somebody keeps themselves may
    /// have a port and a path (docs.gitlab.com, "REST API" and "Install GitLab under a relative
    /// URL").
    #[must_use]
    pub fn of(web: &Url) -> Self {
        let mut web = web.clone();
        if !web.path().ends_with('/') {
            web.set_path(&format!("{}/", web.path()));
        }
        Self {
            api: below(&web, "api/v4/"),
            graphql: below(&web, "api/graphql"),
            web,
        }
    }
}

fn below(base: &Url, path: &str) -> Url {
    base.join(path)
        .expect("a relative path can be joined to a web address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_and_a_path_stand_where_addresses_have_them() {
        let of = |web: &str| {
            let found = Endpoints::of(&Url::parse(web).unwrap());
            [found.web, found.api, found.graphql].map(String::from)
        };
        assert_eq!(
            of("https://gitlab.com"),
            [
                "https://gitlab.com/",
                "https://gitlab.com/api/v4/",
                "https://gitlab.com/api/graphql"
            ]
        );
        let below_a_path = [
            "https://git.example.com:8443/tools/lab/",
            "https://git.example.com:8443/tools/lab/api/v4/",
            "https://git.example.com:8443/tools/lab/api/graphql",
        ];
        assert_eq!(of("https://git.example.com:8443/tools/lab"), below_a_path);
        assert_eq!(of("https://git.example.com:8443/tools/lab/"), below_a_path);
    }
}

//! Repositories in subgroups, when a proxy has decoded their slashes.
//!
//! Each name is one segment of the path, so `group/sub/project` arrives as
//! `group/sub%2Fproject`. Some proxies decode `%2F`; then there are more segments than the route
//! has. The organisation is always the first, branch and model are always the last, so what is
//! between them is the repository: it is joined again before the route is looked up.

use std::borrow::Cow;

use axum::http::Method;

const ROOT: &str = "/api/threatmodel/";

/// The path with the repository in one segment.
pub(super) fn fold<'a>(method: &Method, path: &'a str) -> Cow<'a, str> {
    let Some(segments) = path
        .strip_prefix(ROOT)
        .map(|rest| rest.split('/').collect::<Vec<_>>())
    else {
        return Cow::Borrowed(path);
    };
    let after_repository = segments_after_repository(method, segments.last().copied());
    match segments.as_slice() {
        [organisation, rest @ ..] if rest.len() > after_repository + 1 => {
            let (repository, rest) = rest.split_at(rest.len() - after_repository);
            let repository = repository.join("%2F");
            Cow::Owned(format!(
                "{ROOT}{organisation}/{repository}/{}",
                rest.join("/")
            ))
        }
        _ => Cow::Borrowed(path),
    }
}

/// How many segments follow the repository, by what the last one asks for.
fn segments_after_repository(method: &Method, last: Option<&str>) -> usize {
    match last {
        // A model may be called `data`: deleting asks for nothing after its name.
        _ if method == Method::DELETE => 2,
        Some("branches") => 1,
        Some("models" | "createBranch") => 2,
        Some("data" | "create" | "update" | "rename" | "history" | "diff" | "cards") => 3,
        // Not a route: there is nothing to find.
        _ => usize::MAX - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &Method, path: &str, folded: &str) {
        let root = ROOT.trim_end_matches('/');
        assert_eq!(
            fold(method, &format!("{root}/{path}")),
            format!("{root}/{folded}")
        );
    }

    #[test]
    fn decoded_subgroups_are_joined_again() {
        check(&Method::GET, "g/s/p/branches", "g/s%2Fp/branches");
        check(
            &Method::GET,
            "g/s/t/p/main/models",
            "g/s%2Ft%2Fp/main/models",
        );
        for what in ["data", "history", "diff"] {
            let path = format!("g/s/p/main/m/{what}");
            check(&Method::GET, &path, &format!("g/s%2Fp/main/m/{what}"));
        }
        check(
            &Method::POST,
            "g/s/p/main/m/create",
            "g/s%2Fp/main/m/create",
        );
        check(
            &Method::POST,
            "g/s/p/new/createBranch",
            "g/s%2Fp/new/createBranch",
        );
        check(
            &Method::POST,
            "g/s/p/main/models/cards",
            "g/s%2Fp/main/models/cards",
        );
        check(&Method::DELETE, "g/s/p/main/data", "g/s%2Fp/main/data");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for path in [
            "o/r/branches",
            "o/s%2Fr/branches",
            "o/r/main/models",
            "o/r/b%2Fc/m/data",
            "repos",
            "",
            "a/b/c/d/e/f",
        ] {
            check(&Method::GET, path, path);
        }
        check(&Method::DELETE, "o/r/main/m", "o/r/main/m");
        assert_eq!(
            fold(&Method::GET, "/api/config/a/b/c/models"),
            "/api/config/a/b/c/models"
        );
    }
}

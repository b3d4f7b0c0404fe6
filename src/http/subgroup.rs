//! Repositories in subgroups, when a proxy has decoded their slashes.
//!
//! Each name is one segment of the path, so `group/sub/project` arrives as
//! `group/sub%2Fproject`. Some proxies decode `%2F`; then there are more segments than the route
//! has. The organisation is always the first, branch and model are always the last, so what is
//! between them is the repository: it is joined again before the route is looked up.
//!
//! A model may have a name that also asks for something of its branch, such as `models` or `rules`.
//! Only when it is deleted does such a name stand at the end; then it is written so that it is no
//! word of the table of routes.

use std::borrow::Cow;

use axum::http::Method;

const ROOT: &str = "/api/threatmodel/";

/// The path with the repository in one segment, and with the name of a model that is to be deleted
/// as a name.
pub(super) fn fold<'a>(method: &Method, path: &'a str) -> Cow<'a, str> {
    let Some(segments) = path
        .strip_prefix(ROOT)
        .map(|rest| rest.split('/').collect::<Vec<_>>())
    else {
        return Cow::Borrowed(path);
    };
    let after_repository = segments_after_repository(method, &segments);
    match segments.as_slice() {
        [organisation, rest @ ..] if rest.len() > after_repository + 1 => {
            let (repository, rest) = rest.split_at(rest.len() - after_repository);
            let (repository, rest) = (repository.join("%2F"), rest.join("/"));
            as_name(
                method,
                Cow::Owned(format!("{ROOT}{organisation}/{repository}/{rest}")),
            )
        }
        [_, _, _, _] => as_name(method, Cow::Borrowed(path)),
        _ => Cow::Borrowed(path),
    }
}

/// How many segments follow the repository, by what the last one asks for.
fn segments_after_repository(method: &Method, segments: &[&str]) -> usize {
    if let [.., "diagrams", _] = segments {
        return 4;
    }
    match segments.last().copied() {
        // A model may be called `data`: deleting asks for nothing after its name.
        _ if method == Method::DELETE => 2,
        Some("branches") => 1,
        Some("models" | "createBranch" | "rules" | "library" | "templates" | "template") => 2,
        Some(
            "data" | "create" | "update" | "rename" | "history" | "diff" | "cards" | "suggest"
            | "threats" | "statistics",
        ) => 3,
        // Not a route: there is nothing to find.
        _ => usize::MAX - 1,
    }
}

/// With the first letter of the last segment as an escape, when a model is to be deleted.
fn as_name<'a>(method: &Method, path: Cow<'a, str>) -> Cow<'a, str> {
    let named = path.rsplit_once('/').filter(|_| method == Method::DELETE);
    let Some((before, name)) = named else {
        return path;
    };
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if first.is_ascii_alphabetic() => Cow::Owned(format!(
            "{before}/%{:02X}{}",
            u32::from(first),
            letters.as_str()
        )),
        _ => path,
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
        for what in ["data", "history", "diff", "threats", "statistics"] {
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
        check(
            &Method::POST,
            "g/s/p/main/m/suggest",
            "g/s%2Fp/main/m/suggest",
        );
        for what in ["rules", "library", "templates", "template"] {
            let path = format!("g/s/p/main/{what}");
            check(&Method::GET, &path, &format!("g/s%2Fp/main/{what}"));
        }
    }

    #[test]
    fn a_picture_is_of_a_diagram_of_a_model() {
        let path = "g/s/p/main/m/diagrams/0.svg";
        check(&Method::GET, path, "g/s%2Fp/main/m/diagrams/0.svg");
        let path = "o/r/main/m/diagrams/0.svg";
        check(&Method::GET, path, path);
    }

    #[test]
    fn what_is_deleted_is_a_name() {
        check(&Method::DELETE, "o/r/main/m", "o/r/main/%6D");
        check(&Method::DELETE, "o/r/main/rules", "o/r/main/%72ules");
        check(&Method::DELETE, "g/s/p/main/data", "g/s%2Fp/main/%64ata");
        for path in [
            "o/r/main/%6D",
            "o/r/main/\u{e9}t\u{e9}",
            "o/r/main/",
            "o/r/main",
        ] {
            check(&Method::DELETE, path, path);
        }
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
        assert_eq!(
            fold(&Method::GET, "/api/config/a/b/c/models"),
            "/api/config/a/b/c/models"
        );
    }
}

//! Paths of renamed repositories in GitHub's REST interface.

use percent_encoding::percent_decode_str;

/// The path of the same thing in a renamed repository, when that is what the link leads to: a
/// renamed branch, say, is another thing. The query stays as it was.
pub(super) fn renamed(path: &str, link: &str) -> Option<String> {
    let (_, rest) = split(path)?;
    let (repository, found) = split(link)?;
    let thing = |rest: &str| {
        let path = rest.split('?').next().unwrap_or_default();
        percent_decode_str(path).collect::<Vec<_>>()
    };
    (thing(rest) == thing(found)).then(|| format!("{repository}{rest}"))
}

/// The part that names the repository, by its name or its number, and what is after it.
fn split(path: &str) -> Option<(&str, &str)> {
    let slashes = if path.starts_with("/repositories/") {
        2
    } else {
        3
    };
    path.strip_prefix("/repo")?;
    let ends = path.char_indices().filter(|(_, c)| matches!(c, '/' | '?'));
    let end = ends.map(|(at, _)| at).nth(slashes);
    path.split_at_checked(end.unwrap_or(path.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_renamed_repository_is_followed() {
        let renamed = |path, link| renamed(path, link);
        let branch = "/repos/a/b/branches/x/y";
        let moved = "/repositories/7/branches/x/y";
        assert_eq!(renamed(branch, moved).unwrap(), moved);
        assert_eq!(
            renamed("/repos/a/b", "/repositories/7").unwrap(),
            "/repositories/7"
        );
        let paged = renamed("/repos/a/b/branches?page=2", "/repositories/7/branches");
        assert_eq!(paged.unwrap(), "/repositories/7/branches?page=2");
        let encoded = renamed("/repos/a/b/branches/a%23", "/repos/c/d/branches/%61%23");
        assert_eq!(encoded.unwrap(), "/repos/c/d/branches/a%23");
        assert_eq!(renamed(branch, "/repositories/7/branches/z"), None);
        assert_eq!(renamed("/user", "/repositories/7"), None);
        assert_eq!(renamed(branch, "/user"), None);
    }
}

//! The addresses of the API, written as browsers write them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What JavaScript's `encodeURIComponent` leaves as it is, besides letters and digits.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// A name as one segment of a path.
fn segment(name: &str) -> String {
    utf8_percent_encode(name, COMPONENT).to_string()
}

/// `…/<organisation>/<repo>/branches`
pub(crate) fn branches_path(repository: &str) -> String {
    format!("{}/branches", repository_path(repository))
}

/// `…/<organisation>/<repo>/<branch>/<what>`
pub(crate) fn branch_path(repository: &str, branch: &str, what: &str) -> String {
    format!("{}/{}/{what}", repository_path(repository), segment(branch))
}

/// `…/<organisation>/<repo>/<branch>/<model>/<what>`; without the last part when `what` is empty.
pub(crate) fn model_path(repository: &str, branch: &str, model: &str, what: &str) -> String {
    let path = branch_path(repository, branch, &segment(model));
    if what.is_empty() {
        path
    } else {
        format!("{path}/{what}")
    }
}

fn repository_path(repository: &str) -> String {
    let (organisation, name) = repository.split_once('/').unwrap();
    format!(
        "/api/threatmodel/{}/{}",
        segment(organisation),
        segment(name)
    )
}

//! The `Link` header that leads from one page to the next.

use super::super::asked::Answer;
use super::super::paging::{Page, query_with};
use super::Api;

/// Which page is asked for: of 30 unless it is asked for otherwise.
pub(super) fn page(api: &Api<'_>) -> Page {
    Page::of(api.asked, "per_page", 30)
}

/// The answer with the links of a list of so many items at this path.
pub(super) fn linked(
    api: &Api<'_>,
    page: &Page,
    path: &str,
    total: usize,
    answer: Answer,
) -> Answer {
    let last = page.last(total);
    with_links(api, page, path, page.number < last, Some(last), answer)
}

/// The same of a list that is not counted: whether there is more of it is known.
pub(super) fn linked_on(
    api: &Api<'_>,
    page: &Page,
    path: &str,
    more: bool,
    answer: Answer,
) -> Answer {
    with_links(api, page, path, more, None, answer)
}

fn with_links(
    api: &Api<'_>,
    page: &Page,
    path: &str,
    more: bool,
    last: Option<usize>,
    answer: Answer,
) -> Answer {
    let to = |number: usize, relation: &str| {
        let query = query_with(api.asked, "page", &number.to_string());
        format!("<{}?{query}>; rel=\"{relation}\"", api.link(path))
    };
    let mut links = Vec::new();
    if page.number > 1 {
        links.push(to(page.number - 1, "prev"));
    }
    if more {
        links.push(to(page.number + 1, "next"));
        links.extend(last.map(|last| to(last, "last")));
    }
    if page.number > 1 {
        links.push(to(1, "first"));
    }
    if links.is_empty() {
        return answer;
    }
    answer.with("link", links.join(", "))
}

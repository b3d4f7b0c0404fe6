//! Pages: by number, with headers that count them, or each with the link to the next one.

use super::super::asked::Answer;
use super::super::paging::{Page, query_with};
use super::Api;

/// Which page is asked for: of 20 unless it is asked for otherwise.
pub(super) fn page(api: &Api<'_>) -> Page {
    Page::of(api.asked, "per_page", 20)
}

/// Whether pages that follow each other are asked for, instead of numbered ones.
pub(super) fn by_keys(api: &Api<'_>) -> bool {
    api.asked.query("pagination").as_deref() == Some("keyset")
}

/// The answer with the headers of a page of a list at this path. Without a total, the list is not
/// counted and there is `more` of it or not.
pub(super) fn numbered(
    api: &Api<'_>,
    path: &str,
    total: Option<usize>,
    more: bool,
    answer: Answer,
) -> Answer {
    let page = page(api);
    let number = |number: Option<usize>| number.map_or_else(String::new, |it| it.to_string());
    let before = page.number.checked_sub(1).filter(|number| *number > 0);
    let after = more.then_some(page.number + 1);
    let last = total.map(|total| page.last(total));
    let to = |number: usize, relation: &str| {
        let query = query_with(api.asked, "page", &number.to_string());
        format!("<{}?{query}>; rel=\"{relation}\"", api.link(path))
    };
    let links = [
        before.map(|number| to(number, "prev")),
        after.map(|number| to(number, "next")),
        Some(to(1, "first")),
        last.map(|number| to(number, "last")),
    ];
    let links: Vec<_> = links.into_iter().flatten().collect();
    let answer = answer
        .with("x-page", page.number.to_string())
        .with("x-per-page", page.size.to_string())
        .with("x-prev-page", number(before))
        .with("x-next-page", number(after))
        .with("link", links.join(", "));
    match total {
        None => answer,
        Some(total) => answer
            .with("x-total", total.to_string())
            .with("x-total-pages", number(last)),
    }
}

/// The answer with the link to what follows: the same call with one value of its query exchanged.
pub(super) fn followed(
    api: &Api<'_>,
    path: &str,
    (name, value): (&str, &str),
    answer: Answer,
) -> Answer {
    let query = query_with(api.asked, name, value);
    answer.with(
        "link",
        format!("<{}?{query}>; rel=\"next\"", api.link(path)),
    )
}

/// What follows the item with this key, in a list that is sorted by it, and whether that is not all
/// of it.
pub(super) fn after<T>(
    api: &Api<'_>,
    all: Vec<T>,
    token: Option<&str>,
    key: impl Fn(&T) -> String,
) -> (Vec<T>, bool) {
    let size = page(api).size;
    let place = token.and_then(|token| all.iter().position(|item| key(item) == token));
    let skipped = place.map_or(0, |place| place + 1);
    let more = all.len() > skipped + size;
    let shown = all.into_iter().skip(skipped).take(size).collect();
    (shown, more)
}

//! Pages, and the `Link` header that leads from one to the next.

use url::form_urlencoded;

use super::super::asked::Answer;
use super::Api;

/// Which page is asked for.
pub(super) struct Page {
    number: usize,
    pub(super) size: usize,
}

impl Page {
    /// 30 to a page unless asked otherwise, 100 at most.
    pub(super) fn of(api: &Api<'_>) -> Self {
        let number = |name: &str| api.asked.query(name)?.parse::<usize>().ok();
        Self {
            number: number("page").unwrap_or(1).max(1),
            size: number("per_page").unwrap_or(30).clamp(1, 100),
        }
    }

    /// How many items are before it.
    pub(super) fn skipped(&self) -> usize {
        (self.number - 1) * self.size
    }

    /// How many items there are up to its end.
    pub(super) fn end(&self) -> usize {
        self.number * self.size
    }

    /// Its items, out of all.
    pub(super) fn cut<T>(&self, all: Vec<T>) -> Vec<T> {
        all.into_iter()
            .skip(self.skipped())
            .take(self.size)
            .collect()
    }

    /// The answer with the links of a list of so many items at this path.
    pub(super) fn linked(&self, api: &Api<'_>, path: &str, total: usize, answer: Answer) -> Answer {
        let last = total.div_ceil(self.size).max(1);
        self.with_links(api, path, self.number < last, Some(last), answer)
    }

    /// The same of a list that is not counted: whether there is more of it is known.
    pub(super) fn linked_on(
        &self,
        api: &Api<'_>,
        path: &str,
        more: bool,
        answer: Answer,
    ) -> Answer {
        self.with_links(api, path, more, None, answer)
    }

    fn with_links(
        &self,
        api: &Api<'_>,
        path: &str,
        more: bool,
        last: Option<usize>,
        answer: Answer,
    ) -> Answer {
        let to = |number: usize, relation: &str| {
            let address = address(api, path, number);
            format!("<{address}>; rel=\"{relation}\"")
        };
        let mut links = Vec::new();
        if self.number > 1 {
            links.push(to(self.number - 1, "prev"));
        }
        if more {
            links.push(to(self.number + 1, "next"));
            links.extend(last.map(|last| to(last, "last")));
        }
        if self.number > 1 {
            links.push(to(1, "first"));
        }
        if links.is_empty() {
            return answer;
        }
        answer.with("link", links.join(", "))
    }
}

fn address(api: &Api<'_>, path: &str, number: usize) -> String {
    let query = api.asked.uri.query().unwrap_or_default();
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "page");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("page", &number.to_string())
        .finish();
    format!("{}?{query}", api.link(path))
}

//! Pages of lists.

use url::form_urlencoded;

use super::asked::Asked;

/// Which page is asked for.
pub(super) struct Page {
    /// From 1.
    pub(super) number: usize,
    pub(super) size: usize,
}

impl Page {
    /// The page that the query's `page` names; `size` is what the query calls its length. 100 at
    /// most, and `usual` unless it is asked for otherwise.
    pub(super) fn of(asked: &Asked, size: &str, usual: usize) -> Self {
        let number = |name: &str| asked.query(name)?.parse::<usize>().ok();
        Self {
            number: number("page").unwrap_or(1).max(1),
            size: number(size).unwrap_or(usual).clamp(1, 100),
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

    /// How many pages so many items are.
    pub(super) fn last(&self, total: usize) -> usize {
        total.div_ceil(self.size).max(1)
    }

    /// Its items, out of all.
    pub(super) fn cut<T>(&self, all: Vec<T>) -> Vec<T> {
        all.into_iter()
            .skip(self.skipped())
            .take(self.size)
            .collect()
    }
}

/// The query of a call with one value exchanged.
pub(super) fn query_with(asked: &Asked, name: &str, value: &str) -> String {
    let query = asked.uri.query().unwrap_or_default();
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != name);
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair(name, value)
        .finish()
}

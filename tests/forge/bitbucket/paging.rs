//! Pages, each with the address of the next.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::paging::query_with;
use super::{Api, errors};

/// What the token of a page begins with, before it is encoded.
const TOKEN: &str = "from ";

/// Which part of a list is asked for.
pub(super) struct Page {
    start: usize,
    size: usize,
    numbered: bool,
}

impl Page {
    /// Of a list that is counted: its pages have numbers.
    pub(super) fn numbered(api: &Api<'_>) -> Result<Self, Answer> {
        let size = length(api, 10)?;
        let number = match api.asked.query("page") {
            None => 1,
            Some(text) => text
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .ok_or_else(invalid)?,
        };
        Ok(Self {
            start: (number - 1) * size,
            size,
            numbered: true,
        })
    }

    /// Of a list that nobody counts: its pages have names that mean nothing.
    pub(super) fn named(api: &Api<'_>, usual: usize) -> Result<Self, Answer> {
        let size = length(api, usual)?;
        let start = match api.asked.query("page") {
            None => 0,
            Some(token) => meant(&token).ok_or_else(invalid)?,
        };
        Ok(Self {
            start,
            size,
            numbered: false,
        })
    }

    /// How many items there are up to its end.
    pub(super) fn end(&self) -> usize {
        self.start + self.size
    }

    /// The page out of all items, or of all up to one after its end.
    pub(super) fn answer<T>(
        &self,
        api: &Api<'_>,
        all: Vec<T>,
        body: impl Fn(T) -> Value,
    ) -> Answer {
        let total = all.len();
        let shown = all.into_iter().skip(self.start).take(self.size);
        let mut page = json!({
            "values": shown.map(body).collect::<Value>(), "pagelen": self.size,
        });
        if self.numbered {
            page["size"] = total.into();
            page["page"] = (self.start / self.size + 1).into();
        }
        if self.numbered && self.start > 0 {
            page["previous"] = self.address(api, self.start - self.size).into();
        }
        if total > self.end() {
            page["next"] = self.address(api, self.end()).into();
        }
        Answer::json(200, &page)
    }

    fn address(&self, api: &Api<'_>, start: usize) -> String {
        let page = if self.numbered {
            (start / self.size + 1).to_string()
        } else {
            URL_SAFE_NO_PAD.encode(format!("{TOKEN}{start}"))
        };
        let query = query_with(api.asked, "page", &page);
        let root = api.world.url.as_str().trim_end_matches('/');
        format!("{root}{}?{query}", api.asked.uri.path())
    }
}

/// A whole list as its only page.
pub(super) fn whole(api: &Api<'_>, all: Vec<Value>) -> Answered {
    Ok(Page::numbered(api)?.answer(api, all, |one| one))
}

/// 100 at most, which is not mended silently.
fn length(api: &Api<'_>, usual: usize) -> Result<usize, Answer> {
    let Some(text) = api.asked.query("pagelen") else {
        return Ok(usual);
    };
    let length = text
        .parse()
        .ok()
        .filter(|length| (1..=100).contains(length));
    length.ok_or_else(|| errors::error(400, "Invalid pagelen"))
}

fn meant(token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix(TOKEN)?.parse().ok()
}

fn invalid() -> Answer {
    errors::error(404, "Invalid page")
}

//! Answers that are kept, to ask the next time only whether they have changed.
//!
//! A kept answer is told to nobody on its own: the server is asked every time, by the caller and with
//! the caller's credential, and only its 304 lets the kept one out.

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, TRANSFER_ENCODING,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use moka::sync::Cache;

use super::identity::{Question, sha256};
use super::{Answer, Call};
use crate::provider::bounded::bounded;

/// Of the memory, this part is for what is known of answers besides their bodies.
const HEADS: usize = 8;
/// A body that would take a larger part than this is not kept.
const LARGEST: usize = 8;

/// What is kept. A body is kept once, whoever was given it, and counts once.
pub(super) struct Kept {
    heads: Cache<Question, Head>,
    bodies: Cache<[u8; 32], Bytes>,
    largest: usize,
}

/// An answer without its body.
#[derive(Clone)]
struct Head {
    headers: HeaderMap,
    body: [u8; 32],
}

/// A kept answer that may be out of date.
pub(super) struct Stale {
    pub(super) tag: HeaderValue,
    answer: Answer,
}

impl Kept {
    /// With this many bytes at most.
    pub(super) fn new(bytes: usize) -> Self {
        let heads = bytes / HEADS;
        Self {
            heads: bounded(heads as u64, |_, head: &Head| 200 + size(&head.headers)),
            bodies: bounded((bytes - heads) as u64, |_, body: &Bytes| 100 + body.len()),
            largest: bytes / LARGEST,
        }
    }

    /// What is kept of the answer to this question.
    pub(super) fn of(&self, question: &Question) -> Option<Stale> {
        let head = self.heads.get(question)?;
        let body = self.bodies.get(&head.body)?;
        Some(Stale {
            tag: head.headers.get(ETAG)?.clone(),
            answer: Answer {
                status: StatusCode::OK,
                headers: head.headers,
                body,
            },
        })
    }

    /// Keeps an answer, if it is of the kind that is kept; what was kept instead of it goes.
    pub(super) fn keep(&self, question: Question, call: &Call, answer: &Answer) {
        if call.method != Method::GET || forbids(&call.headers) || !self.is_kept(answer) {
            self.heads.invalidate(&question);
            return;
        }
        let body = sha256(&answer.body);
        if !self.bodies.contains_key(&body) {
            self.bodies.insert(body, answer.body.clone());
        }
        let headers = answer.headers.clone();
        self.heads.insert(question, Head { headers, body });
        // Without this, up to some hundred entries are beyond the bound for a moment.
        self.bodies.run_pending_tasks();
        self.heads.run_pending_tasks();
    }

    fn is_kept(&self, answer: &Answer) -> bool {
        answer.status == StatusCode::OK
            && answer.headers.contains_key(ETAG)
            && answer.body.len() <= self.largest
            && !forbids(&answer.headers)
    }
}

impl Stale {
    /// The answer, now that the server has said that it still holds. What is said of the moment, such
    /// as rate limits, is taken from what it said now; what is said of the body, from when it came.
    pub(super) fn confirmed(self, fresh: &HeaderMap) -> Answer {
        const OF_THE_BODY: [http::HeaderName; 4] = [
            CONTENT_ENCODING,
            CONTENT_LENGTH,
            CONTENT_TYPE,
            TRANSFER_ENCODING,
        ];
        let Answer {
            status,
            mut headers,
            body,
        } = self.answer;
        for name in fresh.keys().filter(|name| !OF_THE_BODY.contains(name)) {
            headers.remove(name);
            for value in fresh.get_all(name) {
                headers.append(name.clone(), value.clone());
            }
        }
        Answer {
            status,
            headers,
            body,
        }
    }
}

/// Whether the caller, or the server, says that nothing is to be kept (RFC 9111).
fn forbids(headers: &HeaderMap) -> bool {
    let control = headers.get_all(CACHE_CONTROL).iter();
    let mut said = control.filter_map(|value| value.to_str().ok());
    said.any(|value| value.to_ascii_lowercase().contains("no-store"))
}

fn size(headers: &HeaderMap) -> usize {
    let each = headers.iter();
    each.map(|(name, value)| 60 + name.as_str().len() + value.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use http::header::AUTHORIZATION;

    use super::super::Repeat;
    use super::*;

    fn call(caller: &'static str) -> Call {
        Call {
            method: Method::GET,
            url: "https://git.example.com/model".parse().unwrap(),
            headers: HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(caller))]),
            body: Bytes::new(),
            repeat: Repeat::Safe,
        }
    }

    fn answer(body: Vec<u8>, others: &[(http::HeaderName, &'static str)]) -> Answer {
        let tag = [(ETAG, HeaderValue::from_static("\"1\""))];
        let others = others
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        Answer {
            status: StatusCode::OK,
            headers: tag.into_iter().chain(others).collect(),
            body: body.into(),
        }
    }

    fn is_kept(answer: &Answer) -> bool {
        let (kept, call) = (Kept::new(1 << 20), call("ada"));
        kept.keep(Question::of(&call), &call, answer);
        kept.of(&Question::of(&call)).is_some()
    }

    #[test]
    fn an_answer_with_a_tag_is_kept_unless_it_is_large_or_forbids_it() {
        assert!(is_kept(&answer(vec![1; 1 << 17], &[])));
        assert!(!is_kept(&answer(vec![1; (1 << 17) + 1], &[])));
        let private = (CACHE_CONTROL, "private, max-age=60");
        assert!(is_kept(&answer(vec![1], std::slice::from_ref(&private))));
        let forbids = (CACHE_CONTROL, "No-Store");
        assert!(!is_kept(&answer(vec![1], &[private, forbids])));
        let mut untagged = answer(vec![1], &[]);
        untagged.headers.remove(ETAG);
        assert!(!is_kept(&untagged));
        let mut missing = answer(vec![1], &[]);
        missing.status = StatusCode::NOT_FOUND;
        assert!(!is_kept(&missing));
        let (kept, mut call) = (Kept::new(1 << 20), call("ada"));
        call.headers
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        kept.keep(Question::of(&call), &call, &answer(vec![1], &[]));
        assert!(kept.of(&Question::of(&call)).is_none());
    }

    #[test]
    fn the_same_body_for_a_hundred_people_takes_the_room_of_one() {
        let kept = Kept::new(1 << 20);
        let people: Vec<Call> = (0..100)
            .map(|n| {
                let mut call = call("somebody");
                call.url.set_query(Some(&n.to_string()));
                call
            })
            .collect();
        for call in &people {
            kept.keep(Question::of(call), call, &answer(vec![7; 50_000], &[]));
        }
        assert_eq!(kept.bodies.weighted_size(), 50_100);
        let all = people.iter().map(|call| kept.of(&Question::of(call)));
        assert_eq!(all.flatten().count(), 100);
    }

    #[test]
    fn what_is_kept_never_takes_more_than_its_bound() {
        let kept = Kept::new(1 << 20);
        for n in 0..200_u8 {
            let mut call = call("ada");
            call.url.set_query(Some(&n.to_string()));
            kept.keep(Question::of(&call), &call, &answer(vec![n; 100_000], &[]));
            let taken = kept.bodies.weighted_size() + kept.heads.weighted_size();
            assert!(taken <= 1 << 20, "{taken}");
        }
        assert!(kept.bodies.weighted_size() > 1 << 19);
    }

    #[test]
    fn who_calls_and_what_is_accepted_are_parts_of_the_question() {
        let ask = call("ada");
        let mut other = call("ada");
        other
            .headers
            .insert(http::header::ACCEPT, HeaderValue::from_static("text/html"));
        let questions = [&ask, &call("eve"), &other].map(Question::of);
        assert!(questions[0] == Question::of(&call("ada")));
        assert!(questions[0] != questions[1] && questions[0] != questions[2]);
    }

    #[test]
    fn a_confirmed_answer_has_the_limits_of_now_and_the_body_of_then() {
        let limit = http::HeaderName::from_static("x-ratelimit-remaining");
        let (kept, call) = (Kept::new(1 << 20), call("ada"));
        let was = answer(
            b"{}".to_vec(),
            &[(limit.clone(), "10"), (CONTENT_TYPE, "a/b")],
        );
        kept.keep(Question::of(&call), &call, &was);
        let fresh = answer(vec![], &[(limit.clone(), "9"), (CONTENT_TYPE, "text/html")]);
        let stale = kept.of(&Question::of(&call)).unwrap();
        let told = stale.confirmed(&fresh.headers);
        assert_eq!((told.status, &told.body[..]), (StatusCode::OK, &b"{}"[..]));
        assert_eq!(told.headers[limit], "9");
        assert_eq!(told.headers[CONTENT_TYPE], "a/b");
    }
}

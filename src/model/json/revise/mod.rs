//! One document's content in another one's spelling, so that a diff shows what changed and nothing
//! else.
//!
//! Kept from the stored text: the spelling of every value that is equal, all white space, the order
//! of the keys that both have, the spelling of keys. Taken from the incoming one: what changed, the
//! order of array elements, new keys (each behind the key that it follows there). An array's
//! elements are the same ones when their `id` is the same; those of one `id`, or without any, are
//! matched by place, after the equal ones at both ends.
//!
//! White space that is too long to be repeated stays where it stands; new parts do without it.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use super::layout::{Frame, Layout, Place};
use super::output::Output;
use super::value::{Kind, Value};
use super::{Json, pair};

/// Writes what `incoming` says as `stored` would have written it; nothing when that gets too long.
pub(super) fn revise(stored: &Json, incoming: &Json) -> Option<String> {
    let layout = Layout::of(stored.root());
    let (start, end) = stored.root().span();
    let (before, rest) = stored.text().split_at(start as usize);
    let (_, after) = rest.split_at((end - start) as usize);
    let mut out = Output::from_longest(stored.text().len().max(incoming.text().len()));
    out.push_str(before);
    value(&layout, stored.root(), incoming.root(), Some(""), &mut out);
    out.push_str(after);
    out.finish()
}

fn value(
    layout: &Layout<'_>,
    stored: Value<'_>,
    incoming: Value<'_>,
    place: Place<'_>,
    out: &mut Output,
) {
    if stored == incoming {
        return out.push_str(stored.raw());
    }
    let Some(frame) = Frame::of(stored).filter(|_| stored.kind() == incoming.kind()) else {
        return layout.write(incoming, place, out);
    };
    let parts = match stored.kind() {
        Kind::Object => members(layout, stored, incoming),
        _ => elements(stored, incoming),
    };
    let (open, close) = match stored.kind() {
        Kind::Object => ("{", "}"),
        _ => ("[", "]"),
    };
    out.push_str(open);
    write_parts(layout, &frame, &parts, out);
    out.push_str(close);
}

/// A part of the revised container.
struct Part<'a> {
    /// Its place in the stored container and what it says there, if it is an old one.
    stored: Option<(usize, Value<'a>)>,
    /// A member's key and what stands between it and the value.
    key: [&'a str; 2],
    incoming: Value<'a>,
}

fn write_parts(layout: &Layout<'_>, frame: &Frame<'_>, parts: &[Part<'_>], out: &mut Output) {
    let usual_gap = layout.gap(frame);
    for (place, part) in parts.iter().enumerate() {
        let own_gap = part
            .stored
            .and_then(|(old, _)| frame.gaps.get(old.checked_sub(1)?));
        if out.is_given_up() {
            return;
        }
        out.push_str(if place == 0 {
            frame.lead
        } else {
            own_gap.copied().unwrap_or(&usual_gap)
        });
        part.key.iter().for_each(|piece| out.push_str(piece));
        match part.stored {
            Some((_, stored)) => value(layout, stored, part.incoming, frame.place(), out),
            None => layout.write(part.incoming, frame.place(), out),
        }
    }
    if !parts.is_empty() {
        out.push_str(frame.tail);
    }
}

/// The members that both have, in the stored order, each followed by the new ones that follow it
/// in the incoming object.
fn members<'a>(layout: &Layout<'a>, stored: Value<'a>, incoming: Value<'a>) -> Vec<Part<'a>> {
    let old: HashMap<Option<Cow<'_, str>>, usize> = stored
        .members()
        .enumerate()
        .map(|(place, (key, _))| (key.as_text(), place))
        .collect();
    let mut kept: Vec<Option<Value<'a>>> = vec![None; old.len()];
    let mut new: HashMap<Option<usize>, Vec<Part<'a>>> = HashMap::new();
    let mut behind = None;
    for (key, value) in incoming.members() {
        if let Some(&place) = old.get(&key.as_text()) {
            behind = Some(place);
            if let Some(slot) = kept.get_mut(place) {
                *slot = Some(value);
            }
        } else {
            new.entry(behind).or_default().push(Part {
                stored: None,
                key: [key.raw(), layout.colon],
                incoming: value,
            });
        }
    }
    let mut parts = new.remove(&None).unwrap_or_default();
    for (place, ((key, value), incoming)) in stored.members().zip(kept).enumerate() {
        parts.extend(incoming.map(|incoming| Part {
            stored: Some((place, value)),
            key: [key.raw(), stored.slice(key.span().1, value.span().0)],
            incoming,
        }));
        parts.extend(new.remove(&Some(place)).unwrap_or_default());
    }
    parts
}

/// The incoming elements in their order, each with the stored one that it continues.
fn elements<'a>(stored: Value<'a>, incoming: Value<'a>) -> Vec<Part<'a>> {
    let old: Vec<Value<'a>> = stored.elements().collect();
    let new: Vec<Value<'a>> = incoming.elements().collect();
    let partners = pair::partners(&old, &new);
    new.into_iter()
        .zip(partners)
        .map(|(incoming, partner)| Part {
            stored: partner.and_then(|place| Some((place, *old.get(place)?))),
            key: ["", ""],
            incoming,
        })
        .collect()
}

//! What has been made of a suggestion: accepted, it is a threat that names its rule; dismissed, the
//! reason is kept with the element. Threat Dragon keeps both.

use std::borrow::Cow;
use std::collections::HashMap;

use super::engine::State;
use super::pack::Rule;
use crate::model::json::Value;
use crate::model::{CellView, ThreatView};

/// What an element says about rules.
pub(super) struct Taken<'a> {
    /// By what they came from: a rule, or an entry of a library, which each rule is too. Threats that
    /// name none by their title.
    threats: Vec<(Vec<String>, String)>,
    dismissed: HashMap<String, Value<'a>>,
}

impl<'a> Taken<'a> {
    pub(super) fn of(cell: CellView<'a>) -> Self {
        let dismissed = cell.value().pointer("/data/wyvern/dismissed");
        let members = dismissed.into_iter().flat_map(Value::members);
        let reasons =
            members.filter_map(|(rule, reason)| Some((rule.as_text()?.into_owned(), reason)));
        Self {
            threats: cell.threats().map(identity).collect(),
            dismissed: reasons.collect(),
        }
    }

    /// How it stands with a rule there.
    pub(super) fn state(&self, rule: &Rule) -> State {
        let title = plain(&rule.title);
        let is_present = |(from, own): &(Vec<String>, String)| {
            from.contains(&rule.id) || (from.is_empty() && *own == title)
        };
        if self.threats.iter().any(is_present) {
            return State::Present;
        }
        match self.dismissed.get(&rule.id) {
            Some(reason) => State::Dismissed(reason.as_text().unwrap_or_default().into_owned()),
            None => State::New,
        }
    }
}

fn identity(threat: ThreatView<'_>) -> (Vec<String>, String) {
    let named = ["/wyvern/rule", "/wyvern/library"].map(|at| threat.value().pointer(at));
    let named = named.into_iter().flatten().filter_map(Value::as_text);
    (named.map(Cow::into_owned).collect(), plain(&threat.title()))
}

fn plain(title: &str) -> String {
    title.trim().to_lowercase()
}

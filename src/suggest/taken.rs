//! What has been made of a suggestion: accepted, it is a threat that names its rule; dismissed, the
//! reason is kept with the element. Threat Dragon keeps both.

use std::collections::HashMap;

use super::engine::State;
use super::pack::Rule;
use crate::model::json::Value;
use crate::model::{CellView, ThreatView};

/// What an element says about rules.
pub(super) struct Taken<'a> {
    /// By rule; threats that name none by their title.
    threats: Vec<(Option<String>, String)>,
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
        let is_present = |(id, own): &(Option<String>, String)| match id {
            Some(id) => *id == rule.id,
            None => *own == title,
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

fn identity(threat: ThreatView<'_>) -> (Option<String>, String) {
    let rule = threat.value().pointer("/wyvern/rule");
    let rule = rule
        .and_then(Value::as_text)
        .map(std::borrow::Cow::into_owned);
    (rule, plain(&threat.title()))
}

fn plain(title: &str) -> String {
    title.trim().to_lowercase()
}

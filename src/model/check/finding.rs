//! What the rules find, and how it is told.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use uuid::Uuid;

use crate::model::document::Document;
use crate::model::subject::Subject;

use super::lines::Lines;
use super::place::{Place, Standing};
use super::policy::{Exemption, Policy};
use super::rule::{Level, Rule};
use super::survey::Survey;
use super::{Facts, rules};

/// The namespace of fingerprints.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d0c_33f5_48d5_4f7e_8a61_0c6e_5b92_d4a7);

/// Something that a rule has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters, by the policy.
    pub level: Level,
    /// What it is about.
    pub subject: Subject,
    /// The JSON pointer (RFC 6901) to what is wrong, or to what lacks something.
    pub pointer: String,
    /// The line of the document's text on which that begins, from 1.
    pub line: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Names the finding for as long as what it is about keeps its ids, wherever it stands and
    /// however the file is laid out. Unique within a document.
    pub fingerprint: String,
    /// Why it does not count, where the policy says so.
    pub exempted: Option<Exempted>,
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exempted {
    /// The reason that the policy gives.
    pub reason: String,
    /// The last day on which it does not count.
    pub expires: Date,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// What has been found so far.
#[derive(Default)]
pub(super) struct Found {
    rule: Option<&'static Rule>,
    all: Vec<Raw>,
}

struct Raw {
    rule: &'static Rule,
    place: Place,
    member: &'static str,
    message: String,
}

impl Found {
    /// What is found from now on is found by this rule.
    pub(super) fn by(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
    }

    /// Notes a finding about the thing at a place, in the member that a pointer names from there.
    pub(super) fn add(&mut self, place: Place, member: &'static str, message: impl Into<String>) {
        let message = message.into();
        self.all.extend(self.rule.map(|rule| Raw {
            rule,
            place,
            member,
            message,
        }));
    }
}

/// Tells findings with all that belongs to them.
pub(super) struct Teller<'a> {
    survey: &'a Survey<'a>,
    policy: &'a Policy,
    lines: Lines,
    standing: Standing<'a>,
    /// How often each kin of finding has been told.
    told: HashMap<String, usize>,
}

impl<'a> Teller<'a> {
    /// Of this document, or else of its upgrade, is the survey.
    pub(super) fn new(document: &'a Document, survey: &'a Survey<'a>, policy: &'a Policy) -> Self {
        Self {
            survey,
            policy,
            lines: Lines::of(document.text()),
            standing: Standing::of(document),
            told: HashMap::new(),
        }
    }

    pub(super) fn tell(mut self, found: Found) -> Vec<Finding> {
        let mut raw = found.all;
        raw.sort_by_key(|raw| (raw.place.path(), raw.rule.id));
        let mut findings: Vec<Finding> = raw
            .into_iter()
            .filter_map(|raw| self.finding(raw))
            .collect();
        let mut extra = Found::default();
        exempt(&mut findings, self.policy, self.survey.facts, &mut extra);
        findings.extend(extra.all.into_iter().filter_map(|raw| self.finding(raw)));
        findings
    }

    fn finding(
        &mut self,
        Raw {
            rule,
            place,
            member,
            message,
        }: Raw,
    ) -> Option<Finding> {
        let level = self.policy.level(rule.id, rule.level)?;
        let subject = self.subject(place);
        let (pointer, value) = self.standing.member(place, member);
        let line = self.lines.line(value.offset());
        let kin = kin(rule, &subject, member);
        let count = self.told.entry(kin.clone()).or_default();
        *count += 1;
        let name = format!("{kin}\n{count}");
        Some(Finding {
            rule,
            level,
            subject,
            pointer,
            line,
            message,
            fingerprint: Uuid::new_v5(&NAMESPACE, name.as_bytes())
                .simple()
                .to_string(),
            exempted: None,
        })
    }

    fn subject(&self, place: Place) -> Subject {
        let (d, c, t) = place.path();
        let named = || {
            let diagram = self.survey.diagrams.get(d?)?;
            let subject = Subject::diagram(diagram.view);
            let Some(cell) = c.and_then(|c| diagram.cells.get(c)) else {
                return Some(subject);
            };
            let subject = subject.with_cell(cell.view);
            let Some(threat) = t.and_then(|t| cell.threats.get(t)) else {
                return Some(subject);
            };
            Some(subject.with_threat(threat.view))
        };
        named().unwrap_or_default()
    }
}

/// What tells a finding from those about other things: ids where there are some, else names.
fn kin(rule: &Rule, subject: &Subject, member: &str) -> String {
    let diagram = subject.diagram.as_ref().map(|diagram| match diagram.id {
        Some(id) => id.to_string(),
        None => diagram.title.clone(),
    });
    let cell = subject.cell.as_ref().map(|cell| {
        if cell.id.is_empty() {
            &cell.name
        } else {
            &cell.id
        }
    });
    let threat = subject.threat.as_ref().map(|threat| {
        let title = || threat.title.trim().to_lowercase();
        if threat.id.is_empty() {
            title()
        } else {
            threat.id.clone()
        }
    });
    format!("{}\n{diagram:?}\n{cell:?}\n{threat:?}\n{member}", rule.id)
}

/// Marks what the policy exempts. An exemption that has expired is itself a finding.
fn exempt(findings: &mut [Finding], policy: &Policy, facts: Facts, extra: &mut Found) {
    let today = facts.now.map(|now| TimeZone::UTC.to_datetime(now).date());
    for exemption in policy.exemptions() {
        let expired = today.is_some_and(|today| exemption.expires < today);
        let mut covered = findings
            .iter_mut()
            .filter(|finding| exemption.covers(finding))
            .peekable();
        if expired && covered.peek().is_some() {
            rules::tell_expired(exemption, extra);
            continue;
        }
        for finding in covered {
            finding.exempted = Some(Exempted {
                reason: exemption.reason.clone(),
                expires: exemption.expires,
                owner: exemption.owner.clone(),
            });
        }
    }
}

impl Exemption {
    /// Whether it is for this finding: by the rule, and by everything else that it names.
    #[must_use]
    pub fn covers(&self, finding: &Finding) -> bool {
        let Subject {
            diagram,
            cell,
            threat,
        } = &finding.subject;
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        let is = |wanted: &Option<String>, names: [Option<String>; 2]| {
            wanted.is_none() || names.contains(wanted)
        };
        self.rule == finding.rule.id
            && is(&self.fingerprint, [Some(finding.fingerprint.clone()), None])
            && is(
                &self.diagram,
                [
                    diagram.as_ref().map(|diagram| diagram.title.clone()),
                    number(diagram.as_ref().and_then(|diagram| diagram.id)),
                ],
            )
            && is(
                &self.cell,
                [
                    cell.as_ref().map(|cell| cell.id.clone()),
                    cell.as_ref().map(|cell| cell.name.clone()),
                ],
            )
            && is(
                &self.threat,
                [
                    threat.as_ref().map(|threat| threat.id.clone()),
                    number(threat.as_ref().and_then(|threat| threat.number)),
                ],
            )
    }
}

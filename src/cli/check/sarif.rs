//! Findings as SARIF 2.1.0, which code scanning of GitHub and others takes.
//!
//! The specification: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::report::{Report, told};
use crate::model::{Exempted, Finding, Level, Rule, rules};

/// How many results GitHub keeps of one run.
const RESULTS_MAX: usize = 5000;

/// What stands in a path of a URI as it is: RFC 3986's unreserved characters and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// One run, with the worst results first. When there are more than are kept, the rest is left out
/// and a notification says how many these are.
pub(super) fn sarif(report: &Report) -> serde_json::Result<String> {
    let findings = report.worst_first();
    let left = findings.len().saturating_sub(RESULTS_MAX);
    let mut notifications: Vec<_> = report
        .refused
        .iter()
        .map(|refusal| {
            let text = refusal.to_string();
            json!({
                "level": "error",
                "message": { "text": text },
                "locations": [{ "physicalLocation": { "artifactLocation": file(&super::place(&refusal.path)) } }],
            })
        })
        .collect();
    if left > 0 {
        let text = format!("{left} results are left out; the worst {RESULTS_MAX} are here");
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let kept = findings.iter().take(RESULTS_MAX);
    let results: Vec<_> = kept
        .map(|(place, finding)| result(place, finding))
        .collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Wyvern",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules().map(rule).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "wyvern/check/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": report.refused.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    }))
}

fn rule(rule: &'static Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.reason },
        "help": { "text": rule.remedy },
        "defaultConfiguration": { "level": rule.level },
        "properties": {
            "security-severity": security_severity(rule.level),
            "tags": ["security", "threat-model"],
        },
    })
}

/// GitHub orders by this number: from 7.0 on it is high, from 4.0 on medium.
fn security_severity(level: Level) -> &'static str {
    match level {
        Level::Error => "7.0",
        Level::Warning => "5.0",
        Level::Note => "2.0",
    }
}

fn result(place: &Path, finding: &Finding) -> Value {
    let index = rules().position(|rule| rule == finding.rule);
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": finding.level,
        "message": { "text": told(finding) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": file(place),
                "region": { "startLine": finding.line },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.pointer }],
        }],
        "partialFingerprints": { "wyvernFinding/v1": finding.fingerprint },
        // All results have it or none has.
        "suppressions": finding.exempted.iter().map(suppression).collect::<Vec<_>>(),
    })
}

fn suppression(exempted: &Exempted) -> Value {
    let (reason, expires) = (&exempted.reason, exempted.expires);
    json!({
        "kind": "external",
        "status": "accepted",
        "justification": format!("{reason} (until {expires})"),
    })
}

fn file(path: &Path) -> Value {
    let path = path.display().to_string();
    json!({
        "uri": utf8_percent_encode(&path, PATH).to_string(),
        "uriBaseId": "%SRCROOT%",
    })
}

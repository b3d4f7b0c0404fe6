//! Suggestions for people at a terminal.

use std::fmt::Write as _;

use super::report::{Offered, Report};
use crate::cli::shown::{counted, shown, shown_path, unbroken};
use crate::model::{Severity, Subject};
use crate::suggest::State;

/// The widest severity.
const SEVERITY_WIDTH: usize = "Critical".len();

/// Each element with what is suggested for it, and a summary.
pub(super) fn text(report: &Report<'_>, colour: bool) -> String {
    let mut out = String::new();
    for model in &report.models {
        let mut last: Option<&Subject> = None;
        for offered in &model.list {
            if last != Some(&offered.subject) {
                let (path, subject) = (shown_path(&model.path), unbroken(&offered.subject));
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{path}: {subject}");
                last = Some(&offered.subject);
            }
            out += &entry(offered, colour);
        }
        if !model.list.is_empty() {
            out.push('\n');
        }
    }
    out + &summary(report)
}

fn entry(offered: &Offered<'_>, colour: bool) -> String {
    let rule = offered.suggestion.rule;
    let state = match &offered.suggestion.state {
        State::New => String::new(),
        State::Present => ", present".to_owned(),
        State::Dismissed(reason) => format!(", dismissed: {}", unbroken(reason)),
    };
    let (title, because) = (unbroken(&rule.title), unbroken(&rule.because));
    let (severity, id) = (severity(&rule.severity, colour), shown(&rule.id));
    let indent = " ".repeat(SEVERITY_WIDTH);
    format!("  {severity}  {title} ({id}{state})\n  {indent}  {because}\n")
}

fn severity(severity: &Severity, colour: bool) -> String {
    let word = format!("{:SEVERITY_WIDTH$}", severity.as_str());
    let code = match severity {
        _ if !colour => return word,
        Severity::Critical | Severity::High => 31,
        Severity::Medium => 33,
        Severity::Low => 36,
        Severity::Undecided | Severity::Other(_) => return word,
    };
    format!("\u{1b}[{code}m{word}\u{1b}[0m")
}

fn summary(report: &Report<'_>) -> String {
    let counts = report.counts();
    let mut parts = vec![if report.is_adding {
        format!("{} added", counted(counts.added, "threat"))
    } else {
        counted(counts.new, "new suggestion")
    }];
    let left_out: usize = report.models.iter().map(|model| model.left_out).sum();
    let others = [
        (counts.present, "present"),
        (counts.dismissed, "dismissed"),
        (counts.unread, "unreadable"),
        (left_out, "left out: ask for one diagram at a time"),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    parts.extend(others.map(|(count, word)| format!("{count} {word}")));
    format!("{}: {}", counted(counts.models, "model"), parts.join(", "))
}

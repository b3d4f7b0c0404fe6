//! Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.

use std::path::Path;

use super::report::{Report, told};
use crate::cli::files::Refusal;
use crate::cli::shown::{counted, unbroken};
use crate::model::{Finding, Level};

/// How many annotations of one level GitHub shows for a step.
const SHOWN_MAX: usize = 10;

/// A command for each of the worst findings, and a line about those that are left.
pub(super) fn github(report: &Report) -> String {
    let refused = report
        .refused
        .iter()
        .map(|refusal| (Level::Error, unread(refusal)));
    let findings = report.worst_first().into_iter();
    let findings = findings
        .filter(|(_, finding)| finding.exempted.is_none())
        .map(|(place, finding)| (finding.level, annotation(place, finding)));
    let (mut errors, mut warnings, mut left) = (0, 0, 0);
    let mut lines = Vec::new();
    for (level, line) in refused.chain(findings) {
        let count = match level {
            Level::Error if errors < SHOWN_MAX => &mut errors,
            Level::Warning if warnings < SHOWN_MAX => &mut warnings,
            _ => {
                left += 1;
                continue;
            }
        };
        *count += 1;
        lines.push(line);
    }
    if left > 0 {
        let left = counted(left, "finding");
        lines.push(format!(
            "::notice::{left} not shown here; `wyvern check` lists all"
        ));
    }
    lines.join("\n")
}

fn annotation(place: &Path, finding: &Finding) -> String {
    let (level, line) = (finding.level, finding.line);
    let file = property(&place.display().to_string());
    let title = property(&format!("{} {}", finding.rule.id, finding.rule.name));
    let message = data(&told(finding));
    format!("::{level} file={file},line={line},title={title}::{message}")
}

fn unread(refusal: &Refusal) -> String {
    let file = property(&super::place(&refusal.path).display().to_string());
    format!("::error file={file}::{}", data(&refusal.to_string()))
}

/// What stands after the last colons. Escaped as GitHub's own toolkit does it.
fn data(text: &str) -> String {
    unbroken(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    // Control characters are kept as such, for they may be a part of the file's name.
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    escaped.replace(':', "%3A").replace(',', "%2C")
}

//! Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.

use super::report::{Report, counted, told};
use crate::cli::shown::shown;
use crate::model::Level;

/// How many annotations of one level GitHub shows for a step.
const SHOWN_MAX: usize = 10;

/// A command for each of the worst findings, and a line about those that are left.
pub(super) fn github(report: &Report) -> String {
    let mut lines = Vec::new();
    let (mut errors, mut warnings, mut left) = (0, 0, 0);
    for refusal in &report.refused {
        errors += 1;
        if errors > SHOWN_MAX {
            left += 1;
        } else {
            let file = property(&super::place(&refusal.path).display().to_string());
            lines.push(format!(
                "::error file={file}::{}",
                data(&refusal.to_string())
            ));
        }
    }
    for (place, finding) in report.worst_first() {
        if finding.exempted.is_some() {
            continue;
        }
        let count = match finding.level {
            Level::Error => &mut errors,
            Level::Warning => &mut warnings,
            Level::Note => {
                left += 1;
                continue;
            }
        };
        *count += 1;
        if *count > SHOWN_MAX {
            left += 1;
            continue;
        }
        let (level, line, file) = (finding.level, finding.line, place.display().to_string());
        let title = format!("{} {}", finding.rule.id, finding.rule.name);
        let (file, title) = (property(&file), property(&title));
        let message = data(&told(finding));
        lines.push(format!(
            "::{level} file={file},line={line},title={title}::{message}"
        ));
    }
    if left > 0 {
        let left = counted(left, "finding");
        lines.push(format!(
            "::notice::{left} not shown here; `wyvern check` lists all"
        ));
    }
    lines.join("\n")
}

/// What stands after the last colons. Escaped as GitHub's own toolkit does it.
fn data(text: &str) -> String {
    shown(text)
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

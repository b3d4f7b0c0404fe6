//! `docs/provider-failures.md`, written from what was seen.

use std::fmt::Write as _;

use super::seen::Seen;
use crate::forge::Dialect;

/// What was seen of one operation, by the hosts and the faults in their order.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) once: Vec<Vec<Seen>>,
    pub(super) always: Vec<Vec<Seen>>,
}

impl Row {
    /// The problems that were seen: status and code.
    pub(super) fn problems(&self) -> impl Iterator<Item = (u16, &str)> {
        let all = self.once.iter().chain(&self.always).flatten();
        all.filter_map(|seen| Some((seen.status, seen.code.as_deref()?)))
    }
}

/// What the problems mean that clients see: status, code, meaning, what to do.
pub(super) const PROBLEMS: &[(u16, &str, &str, &str)] = &[
    (
        401,
        "sign_in_required",
        "The host does not accept the token any more; the sign-in has ended here too.",
        "Sign in again.",
    ),
    (
        403,
        "provider_forbidden",
        "The host does not allow this person to do this, or not through this application.",
        "Ask an owner of the repository for the right, or to let the application in.",
    ),
    (
        404,
        "no_such_model",
        "The host says that there is no such file in the branch.",
        "List the models: somebody may have renamed or deleted it.",
    ),
    (
        404,
        "not_found",
        "There is no such repository or branch, or this person may not know of it.",
        "Look at the name; ask for access.",
    ),
    (
        429,
        "provider_rate_limited",
        "This person has made too many calls at the host. Until then Wyvern asks it nothing for them.",
        "Wait for as long as `Retry-After` says.",
    ),
    (
        502,
        "provider_unavailable",
        "The host could not be reached, did not answer in time, or gave no answer of its own. \
         Nothing was changed.",
        "Try again. The log has the cause under the request's id; what stays is a proxy, a \
         firewall, or a failure of the host.",
    ),
    (
        503,
        "provider_resting",
        "The host is out of order, by its own word or after five failures in a row, and is left alone \
         for some seconds. Nothing was changed.",
        "Wait for as long as `Retry-After` says.",
    ),
    (
        503,
        "unknown_outcome",
        "The answer to a change was lost, and it could not be looked up what has become of it.",
        "Read again. If the change is not there, repeat it: with the same `Base-Version` or \
         `If-Match` it is not made twice.",
    ),
];

const BEGINNING: &str = "\
# When GitHub, GitLab or Bitbucket fails

What clients of Wyvern see when a host refuses, fails, or does not answer. A test writes this page:
it lets every operation meet every failure at every host and then looks into the repository.

- A change that is answered by success is in the branch, as one commit. Of the answers below only
  `unknown_outcome` leaves open whether it is there; the others say that it is not.
- Two more 503 leave it open, too, and come of Wyvern itself: `timeout`, when a request has taken longer
  than `server.request_timeout`, and `stopping`, when the server ends before the request does. A
  connection that breaks says nothing either.
- What only asks is asked up to three times when that may help. A change is sent again only after
  Wyvern has looked for its commit, by the request's id, and has not found it.
- Every 429 and every 503 has `Retry-After`. 401 is only said of a sign-in that has ended: when a host
  refuses a token once and then takes it, the answer is 502, and the sign-in goes on. Where tokens are
  renewed, as at GitLab and Bitbucket, only a refusal to renew one ends a sign-in.
- GitLab can let two who save the same file in the same moment pass, where they do not wait for each
  other: at servers that share no Redis, or with another program. The second then replaces the first
  unseen. Wyvern finds that out at once and takes the second back, by a commit whose message is `Put back
  what … has replaced`, and then judges it by what the first has saved. So the history has two more
  commits, and for that moment people read the second. Whoever saves upon it in that moment is not
  replaced: then what the first has saved stays in the history alone, the second's writer is told
  `unknown_outcome`, and an error in the log names the commit.
- No redirect to another server is followed, and what does not look like the host's answer is none.

";

/// The page.
pub(super) fn page(faults: &[&str], rows: &[Row]) -> String {
    let mut page = BEGINNING.to_owned();
    page.push_str("| Status | Code | What it means | What to do |\n| --- | --- | --- | --- |\n");
    for (status, code, meaning, remedy) in PROBLEMS {
        writeln!(page, "| {status} | `{code}` | {meaning} | {remedy} |").unwrap();
    }
    page.push_str(
        "\nThree more refusals with 403 name what lifts them: `single_sign_on_required` with the \
         address of the\norganisation's page where the host gives it, `application_not_approved`, and \
         `repository_archived`.\nA sign-in ends on a page that says the same in words.\n\n\
         ## A host keeps failing\n\n\
         Each column is what a host does whenever it is asked for what the row is about; of changes, \
         whenever it\nis asked to change something. *unknown* is the 503 `unknown_outcome`. Where one \
         host's failure is seen\nas something else, it is named.\n\n",
    );
    table(&mut page, faults, rows, |row| &row.always);
    page.push_str(
        "\n## A host fails once\n\nThe same, when only the first such call goes wrong.\n\n",
    );
    table(&mut page, faults, rows, |row| &row.once);
    page
}

/// The rows are operations; faults of which the same is seen share a column.
fn table(page: &mut String, faults: &[&str], rows: &[Row], seen: fn(&Row) -> &Vec<Vec<Seen>>) {
    let column = |fault: usize| -> Vec<_> {
        let cells = rows.iter().map(|row| cell(seen(row), fault));
        cells.collect()
    };
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    for (number, name) in faults.iter().enumerate() {
        let cells = column(number);
        match columns.iter_mut().find(|(_, known)| *known == cells) {
            Some((names, _)) => write!(names, "; {name}").unwrap(),
            None => columns.push(((*name).to_owned(), cells)),
        }
    }
    let heads: Vec<_> = columns.iter().map(|(names, _)| names.as_str()).collect();
    writeln!(page, "| | {} |", heads.join(" | ")).unwrap();
    writeln!(page, "| --- |{}", " --- |".repeat(columns.len())).unwrap();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<_> = columns
            .iter()
            .map(|(_, cells)| cells[number].as_str())
            .collect();
        writeln!(page, "| {} | {} |", row.name, cells.join(" | ")).unwrap();
    }
}

/// What is seen at most hosts, and where it is something else.
fn cell(hosts: &[Vec<Seen>], fault: usize) -> String {
    let cells: Vec<_> = hosts.iter().map(|seen| seen[fault].cell()).collect();
    let count = |cell: &String| cells.iter().filter(|other| *other == cell).count();
    // The last of the largest ones, so that the first host counts where all differ.
    let usual = cells.iter().rev().max_by_key(|cell| count(cell)).unwrap();
    let mut text = usual.clone();
    let others = Dialect::ALL
        .iter()
        .zip(&cells)
        .filter(|(_, cell)| *cell != usual);
    for (host, cell) in others {
        write!(text, ", {host:?} {cell}").unwrap();
    }
    text
}

//! `docs/provider-failures.md`, written from what was seen.

use std::fmt::Write as _;

use super::seen::Seen;

/// What was seen of one operation, by the faults in their order.
pub(super) struct Row {
    name: &'static str,
    pub(super) once: Vec<Seen>,
    pub(super) always: Vec<Seen>,
}

impl Row {
    pub(super) fn of(name: &'static str) -> Self {
        let (once, always) = (Vec::new(), Vec::new());
        Self { name, once, always }
    }
}

/// The page.
pub(super) fn page(faults: &[&str], rows: &[Row]) -> String {
    let mut page = String::from("# When GitHub fails\n\n");
    table(&mut page, faults, rows, |row| &row.always);
    page.push('\n');
    table(&mut page, faults, rows, |row| &row.once);
    page
}

/// The rows are operations; faults of which the same is seen share a column.
fn table(page: &mut String, faults: &[&str], rows: &[Row], seen: fn(&Row) -> &Vec<Seen>) {
    let column = |fault: usize| -> Vec<_> {
        let cells = rows.iter().map(|row| seen(row)[fault].cell());
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
        let cells: Vec<_> = columns.iter().map(|(_, cells)| cells[number].as_str()).collect();
        writeln!(page, "| {} | {} |", row.name, cells.join(" | ")).unwrap();
    }
}

//! `docs/checks.md` has the rules as they are in the program.

use std::fmt::Write as _;
use std::fs;

use wyvern::model::rules;

/// The page as it must be.
fn page() -> String {
    let mut page = String::from(
        "# The rules of `wyvern check`\n\n\
         A rule's id and name never change. A [policy](policy.md) switches rules off, grades them \
         anew, and\nexempts single findings.\n\n\
         - **error**: the model contradicts itself, or programs will read it in different ways.\n\
         - **warning**: a gap in the model, or a risk that it shows.\n\
         - **note**: something that may be left as it is.\n\n\
         | Rule | Name | Level | Why | What to do |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules() {
        let (id, name, level) = (rule.id, rule.name, rule.level);
        let (why, remedy) = (rule.reason, rule.remedy);
        writeln!(page, "| {id} | `{name}` | {level} | {why} | {remedy} |").unwrap();
    }
    page
}

/// After a change of the rules the page is written anew by this test with `WRITE_DOCS=1`.
#[test]
fn the_page_has_every_rule() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    if option_env!("WRITE_DOCS").is_some() {
        fs::write(path, page()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), page());
}

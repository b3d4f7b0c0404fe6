//! Policies that are read, and the exact refusals of those that are not.

use super::*;

const KNOWN: &[(&str, &str)] = &[
    ("WYV001", "duplicate-cell-id"),
    ("WYV042", "plain-boundary-crossing"),
    ("WYV020", "mitigated-without-mitigation"),
];

fn read(toml: &str) -> Policy {
    reader::read(toml, KNOWN).unwrap()
}

#[test]
fn nothing_said_is_the_catalogue() {
    for toml in ["", "# nothing\r\n", "[rules]\n[check]\n", "exempt = []"] {
        let policy = read(toml);
        assert_eq!(policy.level("WYV001", Level::Error), Some(Level::Error));
        assert_eq!(policy.stale_after(), None);
        assert_eq!(policy.exemptions(), []);
    }
}

#[test]
fn rules_are_graded_by_id_and_by_name() {
    let policy = read(
        "[rules]\nWYV042 = \"off\"\nduplicate-cell-id = 'note'\n\
         mitigated-without-mitigation = \"error\"",
    );
    assert_eq!(policy.level("WYV042", Level::Error), None);
    assert_eq!(policy.level("WYV001", Level::Error), Some(Level::Note));
    assert_eq!(policy.level("WYV020", Level::Note), Some(Level::Error));
    let policy = read("rules.WYV020 = \"warning\"");
    assert_eq!(policy.level("WYV020", Level::Note), Some(Level::Warning));
}

#[test]
fn times_are_in_words_or_as_iso_8601_has_them() {
    let cases = [
        ("180d", 180 * 24),
        ("26w", 26 * 7 * 24),
        ("36h", 36),
        ("1 week 2 days", 9 * 24),
        ("P30D", 30 * 24),
    ];
    for (text, hours) in cases {
        let policy = read(&format!("[check]\nstale_after = {text:?}"));
        let expected = SignedDuration::from_hours(hours);
        assert_eq!(policy.stale_after(), Some(expected), "{text}");
    }
}

#[test]
fn what_other_programs_read_is_left_alone() {
    let policy = read("library = 3\n[report]\nlogo = \"a.svg\"\n[check]\nstale_after = \"1d\"");
    assert_eq!(policy.stale_after(), Some(SignedDuration::from_hours(24)));
}

#[test]
fn exemptions_have_a_place_a_reason_and_a_last_day() {
    let policy = read(
        "[[exempt]]\nrule = \"plain-boundary-crossing\"\ndiagram = 0\ncell = \"Log flow\"\n\
         reason = \"Only health checks\"\nexpires = 2027-03-31\nowner = \"ada@example.com\"\n\n\
         [[exempt]]\nrule = \"WYV020\"\nthreat = 12\nfingerprint = \"ab12\"\n\
         reason = \"\"\"\nTwo\nlines\"\"\"\nexpires = \"2028-02-29\"\n",
    );
    let first = Exemption {
        rule: "WYV042".to_owned(),
        fingerprint: None,
        diagram: Some("0".to_owned()),
        cell: Some("Log flow".to_owned()),
        threat: None,
        reason: "Only health checks".to_owned(),
        expires: jiff::civil::date(2027, 3, 31),
        owner: Some("ada@example.com".to_owned()),
        line: 1,
    };
    let second = Exemption {
        rule: "WYV020".to_owned(),
        fingerprint: Some("ab12".to_owned()),
        diagram: None,
        cell: None,
        threat: Some("12".to_owned()),
        reason: "Two\nlines".to_owned(),
        expires: jiff::civil::date(2028, 2, 29),
        owner: None,
        line: 9,
    };
    assert_eq!(policy.exemptions(), [first, second]);
}

/// The manual's example, which stands alone between its fences, speaks of rules that there are.
#[test]
fn the_example_of_the_manual_is_read() {
    let manual = include_str!("../../../../docs/policy.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let policy = Policy::parse(example).unwrap();
    assert_eq!(policy.level("WYV042", Level::Note), Some(Level::Error));
    assert_eq!(policy.level("WYV034", Level::Note), None);
    assert!(policy.stale_after().is_some() && policy.exemptions().len() == 2);
}

/// A whole exemption but for what `change` makes of its lines.
fn exemption(change: impl Fn(&str) -> Option<String>) -> String {
    let lines = [
        "[[exempt]]",
        "rule = \"WYV001\"",
        "cell = \"a\"",
        "reason = \"b\"",
        "expires = 2027-03-31",
    ];
    let lines: Vec<String> = lines.into_iter().filter_map(change).collect();
    lines.join("\n")
}

fn without(key: &str) -> String {
    exemption(|line| (!line.starts_with(key)).then(|| line.to_owned()))
}

fn with(key: &str, value: &str) -> String {
    exemption(|line| {
        let other = || format!("{key} = {value}");
        Some(if line.starts_with(key) {
            other()
        } else {
            line.to_owned()
        })
    })
}

#[track_caller]
fn refused(cases: &[(&str, &str)]) {
    for (toml, expected) in cases {
        match reader::read(toml, KNOWN) {
            Ok(policy) => panic!("{toml}\nis read as {policy:?}"),
            Err(error) => assert_eq!(error.to_string(), *expected, "{toml}"),
        }
    }
}

#[test]
fn what_is_no_toml_is_refused() {
    refused(&[
        (
            "[rules",
            "Line 1, column 7: this is not TOML: unclosed table, expected `]`.",
        ),
        (
            "a = 1\n\n[rules]\n  WYV001 off",
            "Line 4, column 10: this is not TOML: key with no value, expected `=`.",
        ),
        (
            "[rules]\r\nWYV001 = \"off\"\r\nWYV001 = \"off\"",
            "Line 3, column 1: this is not TOML: duplicate key.",
        ),
        (
            "[rules]\nWYV001 = 'ö' x",
            "Line 2, column 14: this is not TOML: unexpected key or value, expected newline, `#`.",
        ),
        (
            "\u{0}",
            "Line 1, column 2: this is not TOML: key with no value, expected `=`.",
        ),
        (
            "[check]\n[check]",
            "Line 2, column 2: this is not TOML: duplicate key.",
        ),
    ]);
    let deep = format!("report = {}", "[".repeat(100_000));
    let error = reader::read(&deep, KNOWN).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Line 1, column 90: this is not TOML: cannot recurse further; max recursion depth met."
    );
}

#[test]
fn what_there_is_not_is_refused() {
    refused(&[
        (
            "ruls.WYV001 = 'off'",
            "Line 1, column 1: there is no ruls in a policy; what there is: check, rules, exempt.",
        ),
        (
            "[check]\n\n[\"a b\\n\"]",
            "Line 3, column 2: there is no \"a b\\n\" in a policy; what there is: check, rules, exempt.",
        ),
        (
            "check = 3",
            "Line 1, column 9: check is a table, not an integer.",
        ),
        (
            "[[rules]]",
            "Line 1, column 1: rules is a table, not an array.",
        ),
        (
            "[check]\nstale = '1d'",
            "Line 2, column 1: there is no stale in [check]; what there is: stale_after.",
        ),
        (
            "[exempt]\nrule = 'WYV001'",
            "Line 1, column 2: each exemption begins with [[exempt]], in double brackets.",
        ),
        (
            "exempt = [1]",
            "Line 1, column 11: exempt is a table, not an integer.",
        ),
        (
            &(exemption(|line| Some(line.to_owned())) + "\ncolour = 'red'"),
            "Line 6, column 1: there is no colour in [[exempt]]; what there is: rule, diagram, cell, threat, fingerprint, reason, expires, owner.",
        ),
    ]);
}

#[test]
fn rules_and_levels_that_there_are_not_are_refused() {
    refused(&[
        (
            "[rules]\nWYV999 = 'off'",
            "Line 2, column 1: there is no rule WYV999; rules have an id such as WYV001 and a name such as duplicate-cell-id.",
        ),
        (
            "[rules]\nplain-boundry-crossing = 'off'",
            "Line 2, column 1: there is no rule plain-boundry-crossing; the nearest is plain-boundary-crossing.",
        ),
        (
            "[rules]\n'Who\tknows' = 'off'",
            "Line 2, column 1: there is no rule \"Who\\tknows\"; rules have an id such as WYV001 and a name such as duplicate-cell-id.",
        ),
        (
            "[rules]\nWYV001 = 'fatal'",
            "Line 2, column 10: a rule is \"off\", \"note\", \"warning\" or \"error\", not \"fatal\".",
        ),
        (
            "[rules]\nWYV001 = 'Off'",
            "Line 2, column 10: a rule is \"off\", \"note\", \"warning\" or \"error\", not \"Off\".",
        ),
        (
            "[rules]\nWYV001 = false",
            "Line 2, column 10: WYV001 is a string, not a boolean.",
        ),
        (
            "[rules]\nWYV001.level = 'off'",
            "Line 2, column 1: WYV001 is a string, not a table.",
        ),
        (
            "[rules]\nWYV042 = 'off'\nplain-boundary-crossing = 'off'",
            "Line 3, column 1: plain-boundary-crossing is the rule that line 2 has as WYV042.",
        ),
        (
            &with("rule", "1"),
            "Line 2, column 8: rule is a string, not an integer.",
        ),
    ]);
}

#[test]
fn times_that_are_none_are_refused() {
    let wrong = [
        ("'soon'", "\"soon\""),
        ("'6 months'", "\"6 months\""),
        ("'0d'", "\"0d\""),
        ("'-1d'", "\"-1d\""),
        ("''", "\"\""),
        ("180", "an integer"),
        ("'99999999999999999999d'", "\"99999999999999999999d\""),
    ];
    for (value, found) in wrong {
        let toml = format!("[check]\nstale_after = {value}");
        let expected = "Line 2, column 15: stale_after is a time such as \"180d\" or \"26w\"";
        refused(&[(&toml, &format!("{expected}, not {found}."))]);
    }
}

#[test]
fn dates_that_are_none_are_refused() {
    let wrong = [
        ("'tomorrow'", "\"tomorrow\""),
        ("'2027-02-29'", "\"2027-02-29\""),
        ("2027-03-31T00:00:00Z", "2027-03-31T00:00:00Z"),
        ("'2027-03-31T00:00:00'", "\"2027-03-31T00:00:00\""),
        ("12:00:00", "12:00:00"),
        ("20270331", "an integer"),
    ];
    for (value, found) in wrong {
        let expected = "Line 5, column 11: expires is a date such as 2027-03-31";
        let expected = format!("{expected}, not {found}.");
        refused(&[(&with("expires", value), &expected)]);
    }
}

#[test]
fn exemptions_that_lack_something_are_refused() {
    refused(&[
        (
            &without("rule"),
            "Line 1, column 1: this exemption lacks its rule.",
        ),
        (
            &without("reason"),
            "Line 1, column 1: this exemption lacks a reason.",
        ),
        (
            &without("expires"),
            "Line 1, column 1: this exemption lacks expires, the last day on which it holds.",
        ),
        (
            &without("cell"),
            "Line 1, column 1: this exemption lacks a place: one or more of diagram, cell, threat and fingerprint.",
        ),
        (
            &format!("[rules]\n\n  {}", without("reason")),
            "Line 3, column 3: this exemption lacks a reason.",
        ),
    ]);
}

#[test]
fn members_of_an_exemption_that_say_nothing_are_refused() {
    refused(&[
        (
            &with("rule", "'WYV002'"),
            "Line 2, column 8: there is no rule WYV002; rules have an id such as WYV001 and a name such as duplicate-cell-id.",
        ),
        (
            &with("reason", "\" \\t\""),
            "Line 4, column 10: reason is empty.",
        ),
        (
            &with("reason", "\"\""),
            "Line 4, column 10: reason is empty.",
        ),
        (&with("cell", "''"), "Line 3, column 8: cell is empty."),
        (
            &with("cell", "12"),
            "Line 3, column 8: cell is a string, not an integer.",
        ),
        (
            &(without("cell") + "\nthreat = 0x12"),
            "Line 5, column 10: threat is a string, not an integer.",
        ),
        (
            &(without("cell") + "\ndiagram = 1.5"),
            "Line 5, column 11: diagram is a string, not a float.",
        ),
        (
            &(without("cell") + "\nfingerprint = ['a']"),
            "Line 5, column 15: fingerprint is a string, not an array.",
        ),
        (
            &(with("cell", "'a'") + "\nowner = ''"),
            "Line 6, column 9: owner is empty.",
        ),
    ]);
}

//! What a revision keeps, case by case.

use crate::model::json::Json;

#[track_caller]
fn assert_revised(stored: &str, incoming: &str, expected: &str) {
    let json = |text: &str| Json::parse(text.to_owned()).expect(text);
    let revised = json(stored).revised_by(&json(incoming));
    assert_eq!(revised.as_deref(), Some(expected));
}

#[test]
fn equal_values_keep_their_spelling() {
    assert_revised(
        r#"{"n": 1.0, "s": "\u00e9", "x": 1}"#,
        r#"{"n":1,"s":"é","x":2}"#,
        r#"{"n": 1.0, "s": "\u00e9", "x": 2}"#,
    );
}

#[test]
fn a_changed_value_is_spelled_as_it_was_sent() {
    assert_revised(
        r#"{"a":"\u00e9"}"#,
        r#"{"a":"\u00e8"}"#,
        r#"{"a":"\u00e8"}"#,
    );
    assert_revised("[1.50]", "[1e1]", "[1e1]");
}

#[test]
fn new_keys_come_behind_the_key_that_they_follow() {
    assert_revised(
        r#"{"a":1,"b":2,"c":3}"#,
        r#"{"z":0,"c":3,"y":4,"a":1,"x":5}"#,
        r#"{"z":0,"a":1,"x":5,"c":3,"y":4}"#,
    );
}

#[test]
fn members_come_and_go_with_the_layout_around_them() {
    let stored = "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": []\n  }\n}\n";
    assert_revised(
        stored,
        r#"{"a":1,"b":{"c":[{"d":1},[]]}}"#,
        "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      {\n        \"d\": 1\n      },\n      []\n    ]\n  }\n}\n",
    );
    assert_revised(
        stored,
        r#"{"b":{"c":[]}}"#,
        "{\n  \"b\": {\n    \"c\": []\n  }\n}\n",
    );
    assert_revised(stored, r#"{"a":1}"#, "{\n  \"a\": 1\n}\n");
    assert_revised(stored, "{}", "{}\n");
    assert_revised(
        stored,
        r#"{"a":{"x":1},"b":{"c":[]}}"#,
        "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"b\": {\n    \"c\": []\n  }\n}\n",
    );
}

#[test]
fn windows_lines_and_tabs_are_used_for_new_values() {
    assert_revised(
        "{\r\n\t\"a\" : 1\r\n}\r\n",
        r#"{"a":1,"b":[2]}"#,
        "{\r\n\t\"a\" : 1,\r\n\t\"b\" : [\r\n\t\t2\r\n\t]\r\n}\r\n",
    );
}

#[test]
fn a_line_stays_a_line() {
    assert_revised(
        r#"{"a": [1, 2], "b": {}}"#,
        r#"{"a":[1,2,3],"b":{"c":1,"d":[1]}}"#,
        r#"{"a": [1, 2, 3], "b": {"c": 1, "d": [1]}}"#,
    );
    assert_revised(
        r#"{"a":[1]}"#,
        r#"{"a":[1,{"b":2}]}"#,
        r#"{"a":[1,{"b":2}]}"#,
    );
    assert_revised(
        "{\n  \"at\": {\"x\": 1}\n}",
        r#"{"at":{"x":1,"y":[2]}}"#,
        "{\n  \"at\": {\"x\": 1, \"y\": [2]}\n}",
    );
}

#[test]
fn leading_commas_stay_leading() {
    assert_revised("[ 1\n, 2\n]", "[1,7,2]", "[ 1\n, 7\n, 2\n]");
}

#[test]
fn elements_are_known_by_their_id() {
    let stored = "[\n  {\"id\": \"a\", \"n\": 1.0},\n  {\"id\": \"b\", \"n\": 2.0},\n  {\"id\": 3, \"n\": 3.0}\n]";
    assert_revised(
        stored,
        r#"[{"id":"a","n":1},{"id":"new","n":9},{"id":"b","n":2},{"id":3.0,"n":3}]"#,
        "[\n  {\"id\": \"a\", \"n\": 1.0},\n  {\n    \"id\": \"new\",\n    \"n\": 9\n  },\n  {\"id\": \"b\", \"n\": 2.0},\n  {\"id\": 3, \"n\": 3.0}\n]",
    );
    assert_revised(
        stored,
        r#"[{"id":3,"n":3},{"id":"a","n":5}]"#,
        "[\n  {\"id\": 3, \"n\": 3.0},\n  {\"id\": \"a\", \"n\": 5}\n]",
    );
}

#[test]
fn the_same_id_twice_is_taken_in_order() {
    assert_revised(
        r#"[{"id": 1, "n": 1.0}, {"id": 1, "n": 2.0}]"#,
        r#"[{"id":1,"n":1},{"id":1,"n":2},{"id":1,"n":2}]"#,
        r#"[{"id": 1, "n": 1.0}, {"id": 1, "n": 2.0}, {"id": 1, "n": 2}]"#,
    );
    assert_revised(
        r#"[{"id": 1, "n": 1.0}, {"n": 2.0, "id": 1}]"#,
        r#"[{"id":1,"n":2}]"#,
        r#"[{"n": 2.0, "id": 1}]"#,
    );
}

#[test]
fn elements_without_an_id_are_matched_from_both_ends() {
    assert_revised("[1.0, 2.0, 3.0]", "[1,9,2,3]", "[1.0, 9, 2.0, 3.0]");
    assert_revised("[1.0, 2.0, 3.0]", "[2,3]", "[2.0, 3.0]");
    assert_revised(
        r#"[{"x": 1.0, "y": 1.0}, {"x": 2.0, "y": 2.0}]"#,
        r#"[{"x":1,"y":7},{"x":2,"y":2}]"#,
        r#"[{"x": 1.0, "y": 7}, {"x": 2.0, "y": 2.0}]"#,
    );
    assert_revised("[1.0, 1.0]", "[1,1,1]", "[1.0, 1.0, 1]");
}

#[test]
fn another_kind_of_value_is_written_anew() {
    assert_revised(
        "{\n \"a\": [1]\n}",
        r#"{"a":{"b":1}}"#,
        "{\n \"a\": {\n  \"b\": 1\n }\n}",
    );
    assert_revised(" 1 ", "[1,2]", " [\n  1,\n  2\n] ");
    assert_revised("\n[]\n", "null", "\nnull\n");
}

#[test]
fn a_gap_that_is_too_long_stays_alone() {
    assert_revised(
        "[\n  1,\n\n\n\n  2\n]",
        "[1,2,3]",
        "[\n  1,\n\n\n\n  2,\n  3\n]",
    );
    let space = " ".repeat(1 << 20);
    assert_revised(
        &format!("[1,{space}2]"),
        "[1,2,3,4]",
        &format!("[1,{space}2, 3, 4]"),
    );
    assert_revised(
        &format!("{{\n{space}\"a\" :{space}1\n}}"),
        r#"{"a":1,"b":[2,{"c":3}]}"#,
        &format!("{{\n{space}\"a\" :{space}1, \"b\": [2, {{\"c\": 3}}]\n}}"),
    );
}

#[test]
fn what_would_grow_many_times_is_given_up() {
    let json = |text: String| Json::parse(text).expect("JSON");
    let numbers = vec!["1"; 600_000].join(",");
    let (open, close) = ("[".repeat(58), "]".repeat(58));
    let deep = json(format!("{open}{numbers}{close}"));
    assert_eq!(deep.laid_out(), None);
    assert_eq!(json("[\n  0\n]".to_owned()).revised_by(&deep), None);
    let flat = json(format!("[{numbers}]"));
    assert_eq!(
        flat.laid_out().map(|text| text.len()),
        Some(600_000 * 5 + 2)
    );
}

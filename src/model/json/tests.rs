//! The JSON layer: what is read, what is refused and where, what is kept.

use std::fmt::Write as _;

use super::{DEPTH_MAX, Fault, Json, JsonError, Kind, VALUES_MAX};

fn json(text: &str) -> Json {
    Json::parse(text.to_owned()).expect(text)
}

fn refusal(bytes: impl Into<bytes::Bytes>) -> JsonError {
    Json::parse(bytes).expect_err("it must be refused")
}

#[track_caller]
fn assert_refused(text: impl Into<bytes::Bytes>, fault: Fault, at: (usize, usize), pointer: &str) {
    let error = refusal(text);
    assert_eq!(
        (
            error.fault,
            (error.line, error.column),
            error.pointer.as_str()
        ),
        (fault, at, pointer)
    );
}

#[test]
fn every_layout_is_kept() {
    for text in [
        "null",
        " \t\r\n0 \n",
        r#"{"a":[1,2,{"b":null}],"c":""}"#,
        "{\r\n\t\"a\" :\t[ 1 ,2,\r\n3 ]\r\n}\r\n",
        "{ }",
        "[\n\n]",
        r#"["\u00e9\/\ud83d\ude00", "é", 1.0, 1e2, 1E+2, 129.99999999999997, -0, 1e400]"#,
        "[123456789012345678901234567890]",
    ] {
        assert_eq!(json(text).text(), text);
    }
}

/// A text, what is wrong with it, at which line and column, in which value.
type Refused = (&'static str, Fault, (usize, usize), &'static str);

const NOT_JSON: &[Refused] = &[
    ("", Fault::Empty, (1, 1), ""),
    (" \n ", Fault::Empty, (2, 2), ""),
    ("\u{feff}{}", Fault::ByteOrderMark, (1, 1), ""),
    ("{} x", Fault::Trailing, (1, 4), ""),
    ("1 2", Fault::Trailing, (1, 3), ""),
    ("[1,\n 2", Fault::Unfinished, (2, 3), ""),
    ("[", Fault::Unfinished, (1, 2), "/0"),
    ("{\"a\"", Fault::Unfinished, (1, 5), ""),
    ("{\"a\":", Fault::Unfinished, (1, 6), "/a"),
    ("{\"a\":[0, \"x", Fault::Unfinished, (1, 12), "/a/1"),
    ("\"\\", Fault::Unfinished, (1, 2), ""),
    ("[,]", Fault::ValueExpected, (1, 2), "/0"),
    ("[1,]", Fault::ValueExpected, (1, 4), "/1"),
    ("[1 2]", Fault::ArrayGoesOn, (1, 4), ""),
    ("[1}", Fault::ArrayGoesOn, (1, 3), ""),
    ("{a:1}", Fault::KeyExpected, (1, 2), ""),
    ("{'a':1}", Fault::KeyExpected, (1, 2), ""),
    ("{\"a\":1,}", Fault::KeyExpected, (1, 8), ""),
    ("{\"a\" 1}", Fault::ColonExpected, (1, 6), ""),
    ("{\"a\":1 \"b\":2}", Fault::ObjectGoesOn, (1, 8), ""),
    ("{\"é\":[tru]}", Fault::ValueExpected, (1, 7), "/é/0"),
    ("// note\n1", Fault::ValueExpected, (1, 1), ""),
    ("[NaN]", Fault::NotFinite, (1, 2), "/0"),
    ("[-Infinity]", Fault::NotFinite, (1, 2), "/0"),
    ("[\"a\tb\"]", Fault::Control, (1, 4), "/0"),
    ("\"\\x41\"", Fault::Escape, (1, 2), ""),
    ("\"\\u12g4\"", Fault::Escape, (1, 2), ""),
    ("\"\\u+123\"", Fault::Escape, (1, 2), ""),
    (
        "{\"a~/b\":\"\\ud800\"}",
        Fault::LoneSurrogate,
        (1, 10),
        "/a~0~1b",
    ),
    ("\"\\udc00\\ud800\"", Fault::LoneSurrogate, (1, 2), ""),
    ("\"\\ud800\\ud800\"", Fault::LoneSurrogate, (1, 2), ""),
    ("\"\\ud800x\"", Fault::LoneSurrogate, (1, 2), ""),
    (
        "{\"a\":1,\"b\":{},\"\\u0061\":2}",
        Fault::DuplicateKey,
        (1, 15),
        "/a",
    ),
    (
        "{\"x\":[{\"\":1,\"\":1}]}",
        Fault::DuplicateKey,
        (1, 13),
        "/x/0/",
    ),
];

#[test]
fn what_is_not_json_is_refused_where_it_stands() {
    for &(text, fault, at, pointer) in NOT_JSON {
        assert_refused(text, fault, at, pointer);
    }
}

#[test]
fn numbers_are_read_as_json_has_them() {
    for text in [
        "01", "-", "+1", ".5", "1.", "1.e3", "1e", "1e+", "0x1", "1_000", "--1", "1.2.3",
    ] {
        let fault = refusal(text.to_owned()).fault;
        let other = ["+1", ".5"].contains(&text);
        assert_eq!(
            fault,
            if other {
                Fault::ValueExpected
            } else {
                Fault::Number
            },
            "{text}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert_refused(&b"[\"a\",\n\"\xff\"]"[..], Fault::NotUtf8, (2, 2), "");
    assert_refused(&b"\"\xed\xa0\x80\""[..], Fault::NotUtf8, (1, 2), "");
    assert_refused(&b"\xfe\xff\0["[..], Fault::NotUtf8, (1, 1), "");
}

#[test]
fn nesting_ends_at_the_limit() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(json(&nested(DEPTH_MAX)).text().len(), 2 * DEPTH_MAX);
    let pointer = "/0".repeat(DEPTH_MAX);
    assert_refused(
        nested(DEPTH_MAX + 1),
        Fault::TooDeep,
        (1, DEPTH_MAX + 1),
        &pointer,
    );
    assert_refused(
        "{\"a\":".repeat(1_000_000),
        Fault::TooDeep,
        (1, 321),
        &"/a".repeat(DEPTH_MAX),
    );
}

#[test]
fn width_ends_at_the_limit() {
    let zeros = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
    assert_eq!(
        json(&zeros(VALUES_MAX - 1)).root().elements().count(),
        VALUES_MAX - 1
    );
    let pointer = format!("/{}", VALUES_MAX - 1);
    assert_refused(
        zeros(15_000_000),
        Fault::TooMany,
        (1, 2 * VALUES_MAX),
        &pointer,
    );
}

#[test]
fn a_wide_object_is_searched_for_duplicates() {
    let members = |last: &str| {
        let mut text = String::from("{");
        for key in 0..900_000 {
            write!(text, "\"k{key}\":0,").expect("a string takes all");
        }
        text + last
    };
    assert_eq!(json(&members("\"k\":0}")).root().members().count(), 900_001);
    let error = refusal(members("\"x\":0,\"k\\u0037\":0}"));
    assert_eq!(
        (error.fault, error.pointer.as_str()),
        (Fault::DuplicateKey, "/k7")
    );
}

#[test]
fn a_number_of_a_million_digits_is_kept_and_compared() {
    let digits = "7".repeat(1_000_000);
    let plain = json(&digits);
    assert_eq!(plain.root().as_number(), Some(digits.as_str()));
    assert_eq!(plain, json(&format!("{digits}.00")));
    assert_ne!(plain, json(&format!("{digits}1")));
}

#[test]
fn an_error_names_no_pointer_longer_than_it_may() {
    let long = "k".repeat(400);
    let error = refusal(format!("{{\"{long}\":{{\"{long}\":[x]}}}}"));
    assert_eq!(error.pointer, format!("/{long}"));
}

#[test]
fn an_error_is_one_sentence() {
    assert_eq!(
        refusal("{\n  \"a\": 01\n}").to_string(),
        "Line 2, column 8: this number is not written as JSON requires."
    );
}

#[test]
fn values_are_equal_when_they_say_the_same() {
    for (a, b) in [
        ("1", "1.0"),
        ("1", "10e-1"),
        ("100", "1E+2"),
        ("0", "-0.0e7"),
        ("1e400", "10e399"),
        ("0.001", "1e-3"),
        ("\"\\u00e9\\/\"", "\"é/\""),
        ("[1,[2]]", " [ 1.0 , [ 2 ] ] "),
        ("{\"a\":1,\"b\":2}", "{\"b\":2,\"\\u0061\":1.0}"),
    ] {
        assert_eq!(json(a), json(b));
    }
    for (a, b) in [
        ("1", "-1"),
        ("1", "1.0000000000000000001"),
        ("12345678901234567890", "12345678901234567891"),
        ("1", "\"1\""),
        ("null", "false"),
        ("true", "false"),
        ("[1,2]", "[2,1]"),
        ("[1]", "[1,1]"),
        ("{\"a\":1}", "{\"b\":1}"),
        ("{\"a\":1}", "{\"a\":1,\"b\":1}"),
        ("{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}"),
        ("1e9999999999999999999", "1e9999999999999999998"),
    ] {
        assert_ne!(json(a), json(b));
    }
}

#[test]
fn a_pointer_leads_to_its_value() {
    let json = json(r#"{"a/b":{"m~n":[10,{"":20}]},"":30,"\u00e9":40}"#);
    let at = |pointer| json.root().pointer(pointer).map(super::value::Value::raw);
    assert_eq!(at(""), Some(json.text()));
    assert_eq!(at("/a~1b/m~0n/0"), Some("10"));
    assert_eq!(at("/a~1b/m~0n/1/"), Some("20"));
    assert_eq!(at("/"), Some("30"));
    assert_eq!(at("/é"), Some("40"));
    for nothing in [
        "a",
        "/x",
        "/a~1b/m~0n/2",
        "/a~1b/m~0n/00",
        "/a~1b/m~0n/-",
        "/a~1b/m~0n/+1",
        "//x",
    ] {
        assert_eq!(at(nothing), None, "{nothing}");
    }
}

#[test]
fn values_are_read_by_kind() {
    let json = json(r#"[null, true, 7, "a\"b", [], {}]"#);
    let values: Vec<_> = json.root().elements().collect();
    let kinds: Vec<_> = values.iter().map(|value| value.kind()).collect();
    assert_eq!(
        kinds,
        [
            Kind::Null,
            Kind::Bool,
            Kind::Number,
            Kind::Text,
            Kind::Array,
            Kind::Object
        ]
    );
    assert_eq!(values[1].as_bool(), Some(true));
    assert_eq!(values[2].as_u64(), Some(7));
    assert_eq!(values[3].as_text().as_deref(), Some("a\"b"));
    assert_eq!(values[3].as_number(), None);
    assert_eq!(values[2].as_text(), None);
}

#[test]
fn a_whole_number_is_one_however_it_is_written() {
    let whole = |text: &str| Json::parse(text.to_owned()).unwrap().root().as_u64();
    for (text, number) in [
        ("7", Some(7)),
        ("7.0", Some(7)),
        ("70e-1", Some(7)),
        ("7e2", Some(700)),
        ("-0", Some(0)),
        ("0e999", Some(0)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("1e400", None),
        ("1e-1", None),
        ("0.5", None),
        ("-1", None),
    ] {
        assert_eq!(whole(text), number, "{text}");
    }
}

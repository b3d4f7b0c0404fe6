//! Models that try to fool who reads about them.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// What a terminal or a page would obey.
const HOSTILE: &[&str] = &[
    "\u{1b}[2J\u{9b}31m\u{7}\r\n\u{202e}\u{2066}",
    "@everyone",
    "<img src=x onerror=alert(1)>",
    "[x](http://x.example)",
    "`` ` ``` `<b>`",
    "``",
    "a | b",
    "\n\n# heading\n\n- list\n---",
    "https://x.example/?a=b",
    " ",
    "#1 !2 $`x`$ ~~x~~ **x** \\",
    "![](x)",
    "",
];

/// A diff in which every name and value is `text`.
fn all(text: &str) -> Diff {
    edited(|m| {
        *at(m, "/summary/title") = json!(text);
        *at(m, "/detail/contributors") = json!([{"name": text}]);
        m[text] = json!({text: text});
        *at(m, "/detail/diagrams/0/title") = json!(text);
        *at(m, "/detail/diagrams/0/diagramType") = json!(text);
        let api = at(m, API);
        api["shape"] = json!(text);
        api["data"]["name"] = json!(text);
        api["data"][text] = json!([text]);
        api["data"]["threats"][0]["title"] = json!(text);
        api["data"]["threats"][0]["status"] = json!(text);
        api["data"]["threats"][0]["mitigation"] = json!(text.repeat(30));
        at(m, LOGIN)["target"] = json!({"cell": text});
        at(m, "/detail/diagrams/0/cells/3")["position"] = json!(text);
        array(m, "/detail/diagrams/1/cells").push(json!({"id": text, "shape": text}));
    })
}

#[test]
fn a_terminal_gets_no_character_that_it_obeys() {
    for text in HOSTILE {
        assert_plain(&all(text).text(false));
    }
    let names = edited(|m| at(m, API)["data"]["name"] = json!("a\u{1b}[2J\n+ b\u{202e}\" c\\"));
    let told = "Diagram Main
  ~ a\\u{1b}[2J + b\\u{202e}\" c\\ (process)
    ~ name
      - \"API gateway\"
      + \"a\\u{1b}[2J\"
      + \"+ b\\u{202e}\\\" c\\\\\"\n";
    assert_eq!(names.text(false), told);
}

#[track_caller]
fn assert_plain(text: &str) {
    let obeyed = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(obeyed), "{text:?}");
}

#[test]
fn a_page_gets_nothing_from_the_model_outside_of_code() {
    for text in HOSTILE {
        assert_all_in_code(&all(text).markdown());
    }
}

#[track_caller]
fn assert_all_in_code(markdown: &str) {
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Text(words) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || " :,()→…".contains(c);
                assert!(words.chars().all(plain), "{words:?} in {markdown}");
            }
            Event::Start(Tag::Heading { .. } | Tag::List(None) | Tag::Item | Tag::Emphasis)
            | Event::End(_)
            | Event::Code(_) => {}
            odd => panic!("{odd:?} in {markdown}"),
        }
    }
}

#[test]
fn a_page_shows_the_text_as_it_is() {
    for text in HOSTILE
        .iter()
        .filter(|text| !text.contains(char::is_control) && !text.is_empty())
    {
        let markdown = edited(|m| *at(m, "/summary/title") = json!(text)).markdown();
        let shown =
            |event: &Event<'_>| matches!(event, Event::Code(code) if code.as_ref() == *text);
        assert!(
            Parser::new(&markdown).any(|event| shown(&event)),
            "{text:?}: {markdown}"
        );
    }
}

#[test]
fn a_summary_is_one_line_and_never_empty() {
    for text in HOSTILE {
        for diff in [
            all(text),
            edited(|m| *at(m, "/summary/title") = json!(text)),
            edited(|m| m[text] = json!(1)),
        ] {
            let summary = diff.summary().expect("something has changed");
            assert!(
                !summary.trim().is_empty() && !summary.contains(char::is_control),
                "{summary:?}"
            );
            assert!(summary.chars().count() <= 100, "{summary:?}");
        }
    }
}

#[test]
fn long_texts_are_cut_on_characters() {
    let long = |middle: &str| format!("{}{middle}{}", "äö ".repeat(10_000), "üß ".repeat(10_000));
    let set = |text: String| {
        move |m: &mut Value| at(m, API)["data"]["threats"][0]["description"] = json!(text)
    };
    let mut old = model();
    set(long("old"))(&mut old);
    let mut new = model();
    set(long("new"))(&mut new);
    let told = "Diagram Main
  ~ API gateway (process)
    ~ threat 1 \"Spoofed token\"
      ~ description
        - \"…äö äö äö äö äö äö äö äö oldüß üß üß üß üß üß üß üß…\"
        + \"…äö äö äö äö äö äö äö äö newüß üß üß üß üß üß üß üß…\"\n";
    assert_eq!(diff(&document(&old), &document(&new)).text(false), told);
}

#[test]
fn long_names_are_cut() {
    let long = "n".repeat(10_000);
    let diff = edited(|m| {
        at(m, API)["data"]["name"] = json!(long);
        at(m, API)["data"]["threats"][0]["title"] = json!(long);
        m[&long] = json!({&long: &long});
        array(m, "/detail/contributors").push(json!({"name": long}));
    });
    for text in [diff.text(false), diff.markdown()] {
        assert!(
            text.lines().all(|line| line.chars().count() < 300),
            "{text}"
        );
    }
}

#[test]
fn a_line_break_alone_is_shown() {
    let mut old = model();
    at(&mut old, API)["data"]["description"] = json!("one\ntwo");
    let mut new = old.clone();
    at(&mut new, API)["data"]["description"] = json!("one\ntwo\n");
    let told = "Diagram Main
  ~ API gateway (process)
    ~ description
      - \"two\"
      + \"two\\n\"\n";
    assert_eq!(diff(&document(&old), &document(&new)).text(false), told);
}

#[test]
fn texts_of_many_lines_are_compared_line_by_line() {
    let lines = |changed: &str| {
        (0..60)
            .map(|n| {
                if n % 9 == 4 {
                    format!("{n} {changed}\n")
                } else {
                    format!("{n}\n")
                }
            })
            .collect::<String>()
    };
    let mut old = model();
    at(&mut old, API)["data"]["description"] = json!(lines("old"));
    let mut new = model();
    at(&mut new, API)["data"]["description"] = json!(lines("new"));
    let told = diff(&document(&old), &document(&new)).text(false);
    let start = "Diagram Main
  ~ API gateway (process)
    ~ description
      - \"4 old\"
      + \"4 new\"
      - \"13 old\"\n";
    assert!(told.starts_with(start), "{told}");
    let end = "      + \"49 new\"\n      … 2 more lines\n";
    assert!(told.ends_with(end), "{told}");
    assert_eq!(told.lines().count(), 16);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Each text has a letter by which it is known outside of code.
    #[test]
    fn no_text_gets_out(
        text in prop_oneof!["[`*_<>@#|~$\\\\ \n()!&:.x-]{0,12}Ж[` x\n]{0,4}", "\\PC{0,8}Ж\\PC{0,8}", ".{0,8}Ж"],
    ) {
        let diff = all(&text);
        assert_plain(&diff.text(false));
        assert_all_in_code(&diff.markdown());
        let summary = diff.summary().expect("something has changed");
        prop_assert!(!summary.trim().is_empty() && !summary.contains(char::is_control));
    }
}

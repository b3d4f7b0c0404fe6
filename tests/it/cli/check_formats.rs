//! The formats of `wyvern check` that programs read.

use serde_json::{Value, json};

use super::check::{broken, check, model};
use super::work::Work;

/// What is hostile to each format, in a title.
const HOSTILE: &str = "50%,\\n::error::x: <b>&\\u0007\\u202e\\ufffe";

fn work() -> Work {
    let work = Work::create();
    work.write("models/a, b:%.json", &broken(HOSTILE));
    work.write("models/good.json", &model("A"));
    work.write(
        "models/text.json",
        "{\"summary\": {}, \"detail\": {\"diagrams\": x}}",
    );
    work
}

fn parsed(work: &Work, format: &str) -> Value {
    let ended = check(work, &["--format", format]);
    assert_eq!(ended.code, Some(5), "{}", ended.words);
    serde_json::from_str(&ended.data).unwrap()
}

#[test]
fn json_has_a_version_and_everything_about_each_finding() {
    let work = work();
    let found = parsed(&work, "json");
    assert_eq!(found["version"], 1);
    assert_eq!(found["summary"]["models"], 2);
    assert_eq!(found["summary"]["errors"], 1);
    assert_eq!(found["models"][1]["path"], "models/good.json");
    let findings = found["models"][0]["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["rule"] == "WYV020")
        .unwrap();
    assert_eq!(finding["name"], "mitigated-without-mitigation");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["line"], 10);
    assert_eq!(finding["subject"]["threat"]["number"], 1);
    assert_eq!(
        finding["subject"]["threat"]["title"],
        "50%,\n::error::x: <b>&\u{7}\u{202e}\u{fffe}"
    );
    assert!(
        finding["pointer"]
            .as_str()
            .unwrap()
            .starts_with("/detail/diagrams/0/cells/0/")
    );
    let unread = json!([{
        "path": "models/text.json",
        "message": "a value is expected here (in /detail/diagrams)",
    }]);
    assert_eq!(found["unread"], unread);
}

#[test]
fn sarif_has_what_code_scanning_wants() {
    let work = work();
    let log = parsed(&work, "sarif");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "wyvern/check/");
    let results = run["results"].as_array().unwrap();
    let first = &results[0];
    assert_eq!(
        (&first["ruleId"], &first["level"]),
        (&json!("WYV020"), &json!("error"))
    );
    let index = usize::try_from(first["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "WYV020");
    assert_eq!(rule["properties"]["security-severity"], "7.0");
    let location = &first["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"]["uri"],
        "models/a%2C%20b%3A%25.json"
    );
    assert_eq!(location["region"]["startLine"], 10);
    let prints: Vec<_> = results
        .iter()
        .map(|result| {
            result["partialFingerprints"]["wyvernFinding/v1"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert!(prints.iter().all(|print| !print.is_empty()));
    assert_eq!(first["suppressions"], json!([]));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(
        notification,
        "models/text.json:1:40: a value is expected here (in /detail/diagrams)"
    );
}

#[test]
fn sarif_marks_what_is_exempted_and_keeps_the_worst_five_thousand() {
    let work = Work::create();
    let cell = r#"{"id":"p","shape":"process","data":{"name":"","threats":[]}}"#;
    let cells = vec![cell; 6000].join(",");
    let diagrams = format!(r#""diagrams": [{{"id":0,"title":"Main","cells":[{cells}]}}]"#);
    work.write("a.json", &model("A").replace("\"diagrams\": []", &diagrams));
    work.write("b.json", &broken("T"));
    let exempt = "[[exempt]]\nrule = \"WYV020\"\nthreat = 1\nreason = \"By hand.\"\nexpires = 9999-12-30\n[rules]\nWYV001 = \"off\"\nWYV032 = \"error\"\n";
    work.write(".wyvern.toml", "[rules]\nWYV001 = \"warning\"\n");
    let log = |work: &Work| -> Value {
        serde_json::from_str(&check(work, &["--format", "sarif"]).data).unwrap()
    };
    let cut = log(&work);
    let results = cut["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 5000);
    assert_eq!(results[0]["ruleId"], "WYV020");
    let text =
        &cut["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    let text = text.as_str().unwrap();
    assert!(
        text.ends_with(" results are left out; the worst 5000 are here"),
        "{text}"
    );

    work.write("a.json", &model("A"));
    work.write(".wyvern.toml", exempt);
    let whole = log(&work);
    let results = whole["runs"][0]["results"].as_array().unwrap();
    let last = results.last().unwrap();
    let suppressions = json!([{
        "kind": "external",
        "status": "accepted",
        "justification": "By hand. (until 9999-12-30)",
    }]);
    assert_eq!(
        (&last["ruleId"], &last["suppressions"]),
        (&json!("WYV020"), &suppressions)
    );
}

#[test]
fn nothing_depends_on_when_or_how_often_it_is_asked() {
    let work = work();
    for format in ["text", "json", "sarif", "github", "junit"] {
        let first = check(&work, &["--format", format]);
        assert_eq!(first.code, Some(5));
        assert_eq!(check(&work, &["--format", format]), first);
    }
}

#[test]
fn workflow_commands_are_escaped_and_counted() {
    let work = work();
    let data = check(&work, &["--format", "github"]).data;
    let lines: Vec<_> = data.lines().collect();
    assert_eq!(
        lines[0],
        "::error file=models/text.json::models/text.json:1:40: a value is expected here (in /detail/diagrams)"
    );
    assert_eq!(
        lines[1],
        "::error file=models/a%2C b%3A%25.json,line=10,title=WYV020 mitigated-without-mitigation::\
         Main / API (process) / threat 1 \"50%25, ::error::x: <b>& \\u{fffe}\": \
         This threat is marked Mitigated and has no mitigation."
    );
    for number in 0..12 {
        work.write(&format!("more/{number}.json"), &broken("T"));
    }
    let data = check(&work, &["--format", "github"]).data;
    let count = |start: &str| data.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("::error "), count("::warning ")), (10, 10));
    let last = data.lines().last().unwrap();
    assert!(
        last.starts_with("::notice::")
            && last.ends_with(" findings not shown here; `wyvern check` lists all"),
        "{last}"
    );
    assert_eq!(data.lines().count(), 21);
}

#[test]
fn junit_is_xml_whatever_the_model_says() {
    let work = work();
    let data = check(&work, &["--format", "junit", "--fail-on", "error"]).data;
    let mut reader = quick_xml::Reader::from_str(&data);
    let (mut names, mut failures) = (Vec::new(), 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                failures += usize::from(tag.name().as_ref() == "failure");
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    if tag.name().as_ref() == "testsuite" && attribute.key.as_ref() == "name" {
                        names.push(attribute.value.into_owned());
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(
        names,
        ["models/a, b:%.json", "models/good.json", "models/text.json"]
    );
    assert_eq!(failures, 1);
    assert!(data.contains("&lt;b&gt;&amp; \\u{fffe}"), "{data}");
    let forbidden = |c: char| (c.is_control() && c != '\n') || c == '\u{fffe}';
    assert!(!data.contains(forbidden));
    assert!(
        data.contains("<error message=\"models/text.json:1:40: "),
        "{data}"
    );
}

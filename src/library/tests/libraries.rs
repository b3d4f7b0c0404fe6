//! Libraries, whole and broken: each fault has its place, and the rest of the library works.

use super::told;
use crate::library::Library;
use crate::model::{Categories, Severity};
use crate::suggest::OwnMethodology;

const LIBRARY: &str = r#"library = "acme"

[[mitigation]]
id = "signed"
title = "Sign webhooks"
description = "With HMAC."
references = ["ASVS-4.1.5"]
tags = ["webhook"]

[[mitigation]]
id = "once"
title = "Take each event once"
description = "By its id."

[[threat]]
id = "forged"
title = "Forged webhook"
description = "Anybody sends events."
mitigation = "Do not believe it."
mitigations = ["signed", "once"]
severity = "high"
references = ["CWE-345"]
tags = ["webhook"]
[threat.category]
STRIDE = "Spoofing"
"#;

const THREAT: &str = r#"
[[threat]]
id = "more"
title = "More"
description = "More happens."
category.STRIDE = "Tampering"
"#;

fn read(text: &str) -> Library {
    Library::read(".wyvern/library/own.toml", text, &[])
}

fn faults(text: &str) -> Vec<String> {
    told(&read(text).faults)
}

#[test]
fn a_library_is_read_whole() {
    let library = read(LIBRARY);
    assert_eq!(told(&library.faults), [""; 0]);
    let [signed, once] = library.mitigations.as_slice() else {
        panic!("two mitigations");
    };
    assert_eq!(
        (signed.id.as_str(), once.id.as_str()),
        ("acme/signed", "acme/once")
    );
    assert_eq!(signed.title, "Sign webhooks");
    assert_eq!(signed.references, ["ASVS-4.1.5"]);
    assert_eq!(signed.tags, ["webhook"]);
    let [forged] = library.threats.as_slice() else {
        panic!("one threat");
    };
    assert_eq!(forged.id, "acme/forged");
    assert_eq!(
        forged.mitigation,
        "Do not believe it.\n\nSign webhooks: With HMAC.\n\nTake each event once: By its id."
    );
    assert_eq!(forged.severity, Severity::High);
    assert_eq!(
        forged.categories,
        [("STRIDE".to_owned(), "Spoofing".to_owned())]
    );
}

#[test]
fn what_may_be_missing_may_be_missing() {
    let library = read(&format!("library = \"acme\"\n{THREAT}"));
    assert_eq!(told(&library.faults), [""; 0]);
    assert_eq!(library.threats[0].mitigation, "");
    assert_eq!(library.threats[0].severity, Severity::Undecided);
    assert_eq!(library.threats[0].references, [""; 0]);
    let without_own = LIBRARY.replace("mitigation = \"Do not believe it.\"\n", "");
    let mitigation = &read(&without_own).threats[0].mitigation;
    assert!(
        mitigation.starts_with("Sign webhooks: With"),
        "{mitigation}"
    );
}

#[test]
fn mitigations_may_stand_behind_the_threats_that_name_them() {
    let threat = THREAT.replace("category", "mitigations = [\"late\"]\ncategory");
    let text = format!(
        "library = \"acme\"\n{threat}\n[[mitigation]]\nid = \"late\"\ntitle = \"Late\"\ndescription = \"It is.\"\n"
    );
    assert_eq!(read(&text).threats[0].mitigation, "Late: It is.");
}

/// A library with something wrong in almost every part.
fn broken() -> String {
    let with = |id: &str, from: &str, to: &str| {
        let threat = THREAT.replace("\"more\"", &format!("\"{id}\""));
        assert!(threat.contains(from));
        threat.replace(from, to)
    };
    let category = "category.STRIDE = \"Tampering\"";
    let parts = [
        "library = \"acme\"\nthreats = 1".to_owned(),
        with("owned", "title", "owner = \"me\"\ntitle"),
        with("untitled", "title = \"More\"\n", ""),
        with("numbered", "\"More\"", "7"),
        with("blank", "\"More happens.\"", "\" \""),
        with("Capital", "", ""),
        with(
            "helpless",
            category,
            &format!("mitigations = [\"no\"]\n{category}"),
        ),
        with(
            "severe",
            category,
            &format!("severity = \"huge\"\n{category}"),
        ),
        with("uncategorised", category, ""),
        with("odd", "Tampering", "Spooning"),
        with("more", "", ""),
        with("more", "", ""),
        "[[mitigation]]\nid = \"bare\"\ntitle = \"Bare\"".to_owned(),
        "[[mitigation]]\nid = \"tagged\"\ntitle = \"T\"\ndescription = \"T\"\ntags = \"a\""
            .to_owned(),
    ];
    parts.join("\n")
}

#[test]
fn what_is_wrong_is_told_and_the_rest_works() {
    assert_eq!(
        faults(&broken()),
        [
            "2:1 there is no threats in a library; what there is: library, mitigation, threat",
            "82:1 a mitigation lacks its description",
            "89:8 tags is an array of strings, not \"a\"",
            "6:1 there is no owner in [[threat]]; what there is: id, title, description, mitigation, \
             mitigations, severity, references, tags, category",
            "12:1 a threat lacks its title",
            "20:9 title is a string, not an integer",
            "28:15 description is empty",
            "33:6 id has letters a to z, digits and \"-\", at most 80 of them",
            "43:16 there is no mitigation \"no\" in this file",
            "51:12 a severity is \"Low\", \"Medium\", \"High\" or \"Critical\", not \"huge\"",
            "55:1 a threat lacks its categories, such as category.STRIDE = \"Tampering\"",
            "66:19 STRIDE has no category \"Spooning\"",
            "77:6 line 69 has a threat with this id already",
        ]
    );
    assert_eq!(read(&broken()).threats.len(), 1);
    assert_eq!(read(&broken()).mitigations.len(), 0);
}

#[test]
fn what_is_no_library_has_one_fault() {
    let unnamed = ["1:1 a library begins with its name, such as library = \"acme\""];
    assert_eq!(faults(""), unnamed);
    assert_eq!(faults(THREAT), unnamed);
    assert_eq!(
        faults(&LIBRARY.replace("acme", "wyvern")),
        ["1:1 the library wyvern is Wyvern's own: choose another name"]
    );
    assert_eq!(read(&LIBRARY.replace("acme", "wyvern")).threats, []);
    assert_eq!(
        faults("library = 1"),
        ["1:11 library is a string, not an integer"]
    );
    assert_eq!(
        faults("library = \"a\"\nthreat = 1"),
        ["2:1 each threat begins with [[threat]], in double brackets"]
    );
    let [torn] = faults("library = \"a\"\n[[threat]\n")
        .try_into()
        .expect("one");
    assert!(torn.starts_with("2:10 this is not TOML: "), "{torn}");
}

#[test]
fn a_byte_order_mark_is_no_matter() {
    let library = read(&format!("\u{feff}{LIBRARY}"));
    assert_eq!(told(&library.faults), [""; 0]);
    assert_eq!(library.threats.len(), 1);
}

#[test]
fn limits_are_told_and_what_is_within_them_is_read() {
    let threats: String = (0..1_001)
        .map(|n| THREAT.replace("\"more\"", &format!("\"more-{n}\"")))
        .collect();
    let library = read(&format!("library = \"acme\"{threats}"));
    assert_eq!(library.threats.len(), 1_000);
    assert_eq!(
        told(&library.faults),
        ["6002:1 a library has at most 1000 threats: make another file"]
    );
    let mitigation =
        |n: usize| format!("[[mitigation]]\nid = \"m{n}\"\ntitle = \"M\"\ndescription = \"M\"\n");
    let mitigations: Vec<_> = (0..1_001).map(mitigation).collect();
    let mitigations = mitigations.concat();
    let library = read(&format!("library = \"acme\"\n{mitigations}"));
    assert_eq!(library.mitigations.len(), 1_000);
    assert_eq!(
        told(&library.faults),
        ["4002:1 a library has at most 1000 mitigations: make another file"]
    );
    let long = |signs| {
        let text = THREAT.replace("More happens.", &"é".repeat(signs));
        faults(&format!("library = \"acme\"{text}"))
    };
    assert_eq!(long(4_000), [""; 0]);
    assert_eq!(long(4_001), ["5:15 a text has at most 4000 characters"]);
}

#[test]
fn what_a_threat_takes_from_mitigations_has_the_same_limit() {
    let half = "x".repeat(2_000);
    let text = LIBRARY
        .replace("With HMAC.", &half)
        .replace("By its id.", &half);
    assert_eq!(
        faults(&text),
        ["20:26 with the mitigations that it names, a text has at most 4000 characters"]
    );
    let many = format!("[{}]", "\"once\",".repeat(21));
    assert_eq!(
        faults(&LIBRARY.replace("[\"signed\", \"once\"]", &many)),
        ["15:1 a threat names at most 20 mitigations"]
    );
}

#[test]
fn a_category_may_be_of_a_methodology_of_the_team() {
    let text = format!("library = \"acme\"\n{THREAT}").replace(
        "category.STRIDE = \"Tampering\"",
        "category.ACME = \"Fraud\"",
    );
    assert_eq!(faults(&text), ["7:10 there is no methodology ACME"]);
    let own = OwnMethodology {
        id: "ACME".to_owned(),
        name: "Acme's own".to_owned(),
        categories: Categories {
            store: vec!["Fraud".to_owned()],
            ..Categories::default()
        },
    };
    let library = Library::read("own.toml", &text, &[own]);
    assert_eq!(told(&library.faults), [""; 0]);
    assert_eq!(library.threats.len(), 1);
}

#[test]
fn what_the_threats_of_a_library_name_does_not_grow_without_end() {
    let name = |number: usize| format!("id = \"more-{number}\"\nmitigations = [\"long\"]");
    let threat = |number| THREAT.replace("id = \"more\"", &name(number));
    let long = "é".repeat(3_900);
    let mitigation =
        format!("[[mitigation]]\nid = \"long\"\ntitle = \"Long\"\ndescription = \"{long}\"\n");
    let threats: String = (0..600).map(threat).collect();
    let library = read(&format!("library = \"acme\"\n{mitigation}{threats}"));
    // Each has 7,823 bytes: so many fit.
    let fit = (4 << 20) / 7_823;
    assert_eq!(library.threats.len(), fit);
    assert_eq!(library.size(), fit * 7_823);
    let faults = told(&library.faults);
    assert_eq!(faults.len(), 600 - fit);
    let sentence = "the threats of a library have at most 4 MiB, with the mitigations that they name: \
                    make another file";
    assert!(faults[0].ends_with(sentence), "{}", faults[0]);
    let line = library.faults[0].line;
    assert_eq!(line, 7 + 7 * fit);
}

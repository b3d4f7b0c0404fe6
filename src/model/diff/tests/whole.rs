//! A whole edit, as text, as Markdown and as JSON.

use super::*;

/// Something of everything.
fn edit(model: &mut Value) {
    *at(model, "/summary/title") = json!("Web shop");
    *at(model, "/detail/contributors") = json!([{"name": "Ann"}, {"name": "Eve"}]);
    let login = at(model, LOGIN);
    login["data"]["protocol"] = json!("HTTPS");
    login["data"]["isEncrypted"] = json!(true);
    login["target"] = json!({"cell": "db"});
    login["target"]["port"] = json!("p9");
    at(model, "/detail/diagrams/0/cells/0")["position"]["x"] = json!(11);
    let threats = array(model, &format!("{API}/data/threats"));
    threats[0]["status"] = json!("Mitigated");
    threats[0]["mitigation"] = json!("Tokens are signed.\nThey live for an hour.");
    threats.push(json!({"id": "t3", "number": 3, "title": "Replay", "status": "Open"}));
    let flood = threats.remove(1);
    let database =
        json!({"id": "log", "shape": "store", "data": {"name": "Log", "threats": [flood]}});
    let cells = array(model, "/detail/diagrams/0/cells");
    cells[3]["shape"] = json!("process");
    cells[3]["vendor"] = json!({"tier": 1.50});
    cells.push(database);
    drop(array(model, "/detail/diagrams").remove(1));
}

const TEXT: &str = r#"Model
  ~ title: "Shop" → "Web shop"
  + contributor "Eve"
  - contributor "Bob"

Diagram Main
  ~ API gateway (process)
    ~ threat 1 "Spoofed token"
      ~ status: "Open" → "Mitigated"
      ~ mitigation
        + "Tokens are signed."
        + "They live for an hour."
    + threat 3 "Replay"
  ~ Database (process)
    ~ type: data store → process
    ~ vendor: nothing → {"tier":1.5}
  ~ Log in (data flow)
    ~ end: "API gateway" → "Database"
    ~ protocol: "HTTP" → "HTTPS"
    ~ encrypted: nothing → true
  + Log (data store)
    ~ threat 2 "Flood", moved from API gateway (process)
  layout: Zone (trust boundary)

- Diagram Other, with 1 element
"#;

const MARKDOWN: &str = r#"### Threat model: 3 model fields changed, 1 diagram removed, 1 element added, 1 removed, 2 changed, 1 threat added, 1 moved, 1 mitigated

#### Model

- title: `Shop` → `Web shop`
- added: contributor `Eve`
- removed: contributor `Bob`

#### Diagram `Main`

- `API gateway` (process)
  - threat 1 `Spoofed token`
    - status: `Open` → `Mitigated`
    - mitigation
      - added: `Tokens are signed.`
      - added: `They live for an hour.`
  - added: threat 3 `Replay`
- `Database` (process)
  - type: data store → process
  - `vendor`: nothing → `{"tier":1.5}`
- `Log in` (data flow)
  - end: `API gateway` → `Database`
  - protocol: `HTTP` → `HTTPS`
  - encrypted: nothing → `true`
- added: `Log` (data store)
  - threat 2 `Flood`, moved from `API gateway` (process)
- layout: `Zone` (trust boundary)

#### removed: Diagram `Other`, with 1 element
"#;

#[test]
fn as_text() {
    assert_eq!(edited(edit).text(false), TEXT);
}

#[test]
fn colours_are_added_around_the_same_text() {
    let coloured = edited(edit).text(true);
    let mut plain = coloured.clone();
    for code in ["0", "1", "31", "32", "33"] {
        let code = format!("\u{1b}[{code}m");
        assert!(coloured.contains(&code));
        plain = plain.replace(&code, "");
    }
    assert_eq!(plain, TEXT);
}

#[test]
fn as_markdown() {
    assert_eq!(edited(edit).markdown(), MARKDOWN);
}

#[test]
fn as_a_summary() {
    let summary = edited(edit).summary();
    let expected = "title changed to \"Web shop\", contributors changed, 1 diagram removed, …";
    assert_eq!(summary.as_deref(), Some(expected));
}

#[test]
fn much_layout_is_one_line() {
    let diff = edited(|m| {
        for cell in array(m, "/detail/diagrams/0/cells") {
            cell["zIndex"] = json!(7);
        }
        array(m, "/detail/diagrams/0/cells").swap(0, 1);
    });
    let text = "Diagram Main
  layout: 5 elements: Browser (actor), Zone (trust boundary), API gateway (process), …, order of cells\n";
    assert_eq!(diff.text(false), text);
    let markdown = "### Threat model: only the layout changed

#### Diagram `Main`

- layout: 5 elements: `Browser` (actor), `Zone` (trust boundary), `API gateway` (process), …, order of cells\n";
    assert_eq!(diff.markdown(), markdown);
}

#[test]
fn as_json() {
    let old = model().to_string();
    let new = old
        .replacen(r#"{"x":10,"y":20}"#, r#"{"x": 1.50e1, "y": 20}"#, 1)
        .replace(r#""status":"Open""#, r#""status":"Acc\u0065pted""#);
    let [old, new] = [old, new].map(|text| Document::parse(text.into()).expect("a model"));
    let zone = r#""cell":{"id":"zone","name":"Zone","kind":"trust boundary"}"#;
    let api = r#""cell":{"id":"api","name":"API gateway","kind":"process"}"#;
    let main = r#""diagram":{"id":0,"title":"Main"}"#;
    let expected = [
        r#"{"changes":[{"subject":{"#,
        main,
        ",",
        zone,
        r#"},"kind":"moved","aspect":"layout","before":"/detail/diagrams/0/cells/0","after":"/detail/diagrams/0/cells/0","#,
        r#""fields":[{"path":"position","before":{"x":10,"y":20},"after":{"x": 1.50e1, "y": 20}}]},"#,
        r#"{"subject":{"#,
        main,
        ",",
        api,
        r#","threat":{"id":"t1","number":1,"title":"Spoofed token"}},"#,
        r#""kind":"changed","aspect":"meaning","before":"/detail/diagrams/0/cells/2/data/threats/0","#,
        r#""after":"/detail/diagrams/0/cells/2/data/threats/0","#,
        r#""fields":[{"path":"status","before":"Open","after":"Acc\u0065pted"}]}]}"#,
    ];
    let told = serde_json::to_string(&diff(&old, &new)).expect("a diff has a text");
    assert_eq!(told, expected.concat());
}

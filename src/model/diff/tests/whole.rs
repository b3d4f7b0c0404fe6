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

#[test]
fn as_text() {
    assert_eq!(edited(edit).text(false), "");
}

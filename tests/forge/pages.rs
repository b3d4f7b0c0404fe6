//! The pages that people see when they sign in.

use super::World;
use super::asked::Asked;
use super::authorize::PARAMETERS;

/// A page with one sentence.
pub(super) fn message(text: &str) -> String {
    page(text, &format!("<p>{}</p>", escaped(text)))
}

/// The page that everybody is sent to who has to sign in first.
pub(super) fn login(host: &str) -> String {
    page(
        &format!("Sign in to {host}"),
        "<form><input name=\"login\"></form>",
    )
}

/// Asks who it is and whether the client may act for them.
pub(super) fn authorize(world: &World, asked: &Asked) -> String {
    let mut hidden = String::new();
    for name in PARAMETERS {
        if let Some(value) = asked.query(name) {
            let value = escaped(&value);
            let input = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n");
            hidden.push_str(&input);
        }
    }
    let scope = asked.query("scope").unwrap_or_default();
    let form = format!(
        "<form method=\"post\" action=\"{}\">\n{hidden}{}\
         <p>Wyvern asks for: <strong>{}</strong></p>\n{}</form>",
        asked.uri.path(),
        who(world),
        escaped(&scope),
        decision(),
    );
    page("Authorize Wyvern", &form)
}

/// Asks for the code that a device shows.
pub(super) fn device(world: &World, asked: &Asked) -> String {
    let code = escaped(&asked.query("user_code").unwrap_or_default());
    let form = format!(
        "<form method=\"post\" action=\"{}\">\n\
         <p><label>Code <input name=\"user_code\" value=\"{code}\"></label></p>\n{}{}</form>",
        asked.uri.path(),
        who(world),
        decision(),
    );
    page("Device activation", &form)
}

fn who(world: &World) -> String {
    let option = |login: &str| format!("<option>{}</option>", escaped(login));
    let options: String = world
        .people
        .all()
        .iter()
        .map(|person| option(&person.login))
        .collect();
    format!("<p><label>I am <select name=\"login\">{options}</select></label></p>\n")
}

fn decision() -> &'static str {
    "<button name=\"decision\" value=\"authorize\">Authorize</button>\n\
     <button name=\"decision\" value=\"cancel\">Cancel</button>\n"
}

fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\n\
         <h1>{title}</h1>\n{body}\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

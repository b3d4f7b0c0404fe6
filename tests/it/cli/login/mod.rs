//! `wyvern login`, `logout` and `whoami`.

mod grant;
mod host;
mod keeping;

use std::path::Path;

use self::host::{CODE, FORM, Host, JSON, TOKEN, Told};
use super::program::{Ended, run, wyvern};

/// What stands on standard error once there is a code.
const PROMPT: &str =
    "Open  https://github.example/login/device\nType  WDJB-MJHT\nWaiting; Ctrl-C stops.\n";

fn login(folder: &Path, host: &Host) -> Ended {
    let url = host.url.as_str();
    run(&mut wyvern(
        folder,
        &["login", "--client-id", "the-client", "--url", url],
    ))
}

fn ended(code: i32, data: &str, words: &str) -> Ended {
    Ended {
        code: Some(code),
        data: data.to_owned(),
        words: words.to_owned(),
    }
}

#[test]
fn a_person_signs_in_with_a_code_and_the_token_is_kept_for_them_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let host = Host::with(&[CODE, TOKEN]);
    let name = host.url.authority();
    let file = folder.path().join(".config/wyvern/credentials.toml");
    let words = format!(
        "{PROMPT}ada is signed in at {name}; the token is kept in {}\n",
        file.display()
    );
    assert_eq!(login(folder.path(), &host), ended(0, "", &words));
    let asked = [
        "POST /login/device/code scope=repo&client_id=the-client",
        "POST /login/oauth/access_token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3A\
         device_code&device_code=the-device-code&client_id=the-client",
        "GET /api/v3/user",
    ];
    assert_eq!(host.asked(), asked);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("token = \"gho_a-secret\""), "{text}");
}

#[test]
fn a_person_signs_in_at_a_gitlab_below_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::with(&[CODE, TOKEN]);
    let url = host.url.join("git").unwrap();
    let gitlab = ["login", "--provider", "gitlab", "--client-id", "the-client"];
    let arguments = [&gitlab[..], &["--url", url.as_str()]].concat();
    let ended = run(&mut wyvern(folder.path(), &arguments));
    assert_eq!(ended.code, Some(0), "{}", ended.words);
    let asked = [
        "POST /git/oauth/authorize_device scope=api&client_id=the-client",
        "POST /git/oauth/token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3A\
         device_code&device_code=the-device-code&client_id=the-client",
        "GET /git/api/v4/user",
    ];
    assert_eq!(host.asked(), asked);
    assert!(
        ended.words.contains("ada is signed in at 127.0.0.1"),
        "{}",
        ended.words
    );
}

#[test]
fn a_host_without_the_flow_or_the_application_is_told_with_what_to_do() {
    let enable = "the application does not allow this way of signing in; its owner has to switch \
                  on \"Enable Device Flow\" in its settings\n";
    let unknown = "no application has this client id there; look it up in the application's \
                   settings\n";
    let cases: [(Told, i32, &str); 4] = [
        (
            (200, JSON, r#"{"error":"device_flow_disabled"}"#),
            2,
            enable,
        ),
        (
            (400, JSON, r#"{"error":"device_flow_disabled"}"#),
            2,
            enable,
        ),
        (
            (200, FORM, "error=incorrect_client_credentials"),
            2,
            unknown,
        ),
        ((404, JSON, r#"{"error":"Not Found"}"#), 2, unknown),
    ];
    give_no_code(&cases);
}

#[test]
fn an_answer_that_is_not_understood_gives_no_code() {
    let odd = |what: &str| format!("the server's answer is not understood: {what}\n");
    let unavailable = "the provider is unavailable: Its sign-in answered with status 502.\n";
    let cases: [(Told, i32, &str); 3] = [
        (
            (200, JSON, r#"{"error":"a\u001b[2J"}"#),
            4,
            &odd("unknown_error"),
        ),
        (
            (200, "text/html", "<p>gho_a-secret"),
            4,
            &odd("no code and no token"),
        ),
        ((502, JSON, "{}"), 4, unavailable),
    ];
    give_no_code(&cases);
}

/// Each of these answers ends the command with this code and these words, and nothing is kept.
fn give_no_code(cases: &[(Told, i32, &str)]) {
    for (answer, code, words) in cases {
        let (folder, refused) = fails(&[*answer]);
        assert_eq!(
            refused,
            ended(*code, "", &format!("127.0.0.1: {words}")),
            "{answer:?}"
        );
        assert!(!folder.path().join(".config").exists());
    }
}

#[test]
fn a_code_that_is_refused_or_too_old_keeps_nothing() {
    let denied = (200, JSON, r#"{"error":"access_denied"}"#);
    let expired = (200, FORM, "error=expired_token");
    let (_, refused) = fails(&[CODE, denied]);
    let words = format!("{PROMPT}127.0.0.1: permission was not given\n");
    assert_eq!(refused, ended(1, "", &words));
    let (_, refused) = fails(&[CODE, expired]);
    let words = format!("{PROMPT}127.0.0.1: the code is too old; begin again\n");
    assert_eq!(refused, ended(1, "", &words));
}

fn fails(answers: &[Told]) -> (tempfile::TempDir, Ended) {
    let folder = tempfile::tempdir().unwrap();
    let ended = login(folder.path(), &Host::with(answers));
    (folder, ended)
}

#[test]
fn what_is_missing_is_told_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = run(&mut wyvern(folder.path(), &["login"]));
    let words = "no application is named: set github.client_id or give --client-id\n";
    assert_eq!(nobody, ended(2, "", words));
    let nobody = run(&mut wyvern(
        folder.path(),
        &["login", "--provider", "gitlab"],
    ));
    let words = words.replace("github", "gitlab");
    assert_eq!(nobody, ended(2, "", &words));
    let plain = [
        "login",
        "--client-id",
        "x",
        "--url",
        "http://github.example",
    ];
    let plain = run(&mut wyvern(folder.path(), &plain));
    assert_eq!(plain.code, Some(2));
    assert!(plain.words.contains("is not https"), "{}", plain.words);
    let homeless = run(wyvern(folder.path(), &["login", "--client-id", "x"]).env_remove("HOME"));
    let words = "neither HOME nor XDG_CONFIG_HOME says where to keep a token\n";
    assert_eq!(homeless, ended(2, "", words));
    // The port is free, so that nobody is there.
    let gone = Host::with(&[]).url.to_string();
    let unreached = ["login", "--client-id", "x", "--url", &gone];
    let unreached = run(&mut wyvern(folder.path(), &unreached));
    assert_eq!((unreached.code, unreached.data.as_str()), (Some(4), ""));
    assert!(
        unreached.words.starts_with("127.0.0.1: "),
        "{}",
        unreached.words
    );
    assert_eq!(unreached.words.lines().count(), 1);
}

//! The file that keeps tokens: who is in it, and how they are forgotten.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use super::super::program::{run, wyvern};
use super::host::{CODE, Host, TOKEN};
use super::{ended, login};

#[test]
fn who_is_signed_in_is_told_without_the_token_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Host::with(&[CODE, TOKEN]), Host::with(&[CODE, TOKEN]));
    let asked = |arguments: &[&str]| run(&mut wyvern(folder.path(), arguments));
    assert_eq!(asked(&["whoami"]), ended(1, "", "nobody is signed in\n"));
    assert_eq!(asked(&["logout"]), ended(1, "", "nobody is signed in\n"));
    login(folder.path(), &one);
    login(folder.path(), &other);
    let told = asked(&["whoami"]);
    assert_eq!((told.code, told.words.as_str()), (Some(0), ""));
    let lines: Vec<_> = told.data.lines().collect();
    for (line, host) in lines.iter().zip([&one, &other]) {
        let start = format!("{}\tada\trepo read:org\tfrom 20", host.url.authority());
        assert!(line.starts_with(&start), "{line}");
        assert!(line.ends_with("Z until revoked"), "{line}");
    }
    assert_eq!(lines.len(), 2);
    assert!(!told.data.contains("gho_"));

    let [first, second] = [&one, &other].map(|host| host.url.authority().to_owned());
    let words = format!("there are several; name one with --host: {first}, {second}\n");
    assert_eq!(asked(&["logout"]), ended(2, "", &words));
    let words = format!(
        "the token of ada at {first} is forgotten; what it was allowed can be taken back at \
         http://{first}/, in your settings under Applications\n"
    );
    assert_eq!(asked(&["logout", "--host", &first]), ended(0, "", &words));
    let words = format!("nobody is signed in at {first}\n");
    assert_eq!(asked(&["logout", "--host", &first]), ended(1, "", &words));
    assert_eq!(asked(&["logout"]).code, Some(0));
    let file = folder.path().join(".config/wyvern/credentials.toml");
    assert_eq!(fs::read_to_string(file).unwrap().trim(), "");
}

#[test]
fn the_folder_for_configuration_may_be_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("elsewhere");
    let host = Host::with(&[CODE, TOKEN]);
    let url = host.url.as_str();
    let mut command = wyvern(folder.path(), &["login", "--client-id", "x", "--url", url]);
    let done = run(command.env("XDG_CONFIG_HOME", &elsewhere));
    assert_eq!(done.code, Some(0), "{}", done.words);
    assert!(elsewhere.join("wyvern/credentials.toml").exists());
    assert!(!folder.path().join(".config").exists());
}

#[test]
fn a_file_that_others_may_read_or_that_is_broken_is_refused_before_a_code_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join(".config/wyvern");
    fs::create_dir_all(&home).unwrap();
    let file = home.join("credentials.toml");
    let name = file.display();
    let host = Host::with(&[CODE, TOKEN]);
    fs::write(&file, "[hosts.\"a\"]\ntoken = 'gho_a-secret'\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let shared = format!("{name}: others may use it; take that from them with chmod 600\n");
    assert_eq!(login(folder.path(), &host), ended(2, "", &shared));
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let broken = format!("{name}: what it has of \"a\" is wrong\n");
    assert_eq!(login(folder.path(), &host), ended(2, "", &broken));
    assert_eq!(
        run(&mut wyvern(folder.path(), &["whoami"])),
        ended(2, "", &broken)
    );
    assert_eq!(host.asked(), [""; 0]);
}

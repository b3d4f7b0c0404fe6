//! Where calls may go: over https, or not over a network at all.

use url::Url;

use super::CallError;
use crate::config::is_loopback;

/// Refuses an address to which nothing is ever sent.
pub(super) fn check(url: &Url) -> Result<(), CallError> {
    let host = name(url);
    let reason = match url.scheme() {
        _ if !url.username().is_empty() || url.password().is_some() => {
            format!("The address of {host} carries a name or password.")
        }
        "https" => return Ok(()),
        "http" if is_loopback(url) => return Ok(()),
        "http" => format!("{host} would be called without encryption."),
        _ => format!("The address of {host} is not one of the web."),
    };
    Err(CallError::NotSent {
        reason,
        source: None,
    })
}

/// The host, and the port where it is unusual, as people know it.
pub(super) fn name(url: &Url) -> String {
    let host = url.host_str().unwrap_or("nowhere");
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> Option<String> {
        check(&Url::parse(address).unwrap())
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn only_https_and_loopback_are_called() {
        for address in [
            "https://github.example.com/api?a=b",
            "http://localhost:3000/",
            "http://127.0.0.1/",
            "http://[::1]:8080/",
        ] {
            assert_eq!(refusal(address), None, "{address}");
        }
        let cases = [
            ("http://github.example.com/", "github.example.com"),
            (
                "http://localhost.example.com:81/",
                "localhost.example.com:81",
            ),
            ("http://169.254.169.254/", "169.254.169.254"),
            ("http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
            ("http://10.0.0.1/", "10.0.0.1"),
        ];
        for (address, host) in cases {
            let reason = format!("{host} would be called without encryption.");
            assert_eq!(refusal(address), Some(reason), "{address}");
        }
        assert_eq!(
            refusal("file:///etc/passwd").unwrap(),
            "The address of nowhere is not one of the web."
        );
    }

    #[test]
    fn an_address_with_a_password_is_refused_and_not_repeated() {
        for address in ["https://ada@example.com/", "https://:s3cret@example.com/"] {
            assert_eq!(
                refusal(address).unwrap(),
                "The address of example.com carries a name or password."
            );
        }
    }
}

//! Over https a server must prove its name, by the system's authorities or by those of the settings.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, DistinguishedName, Issuer, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use wyvern::config::OutgoingSettings;
use wyvern::provider::outgoing::Outgoing;

use super::{TestClock, failure, get, outgoing, settings, told};

/// A server with a certificate for `name`, and its authority's as PEM.
async fn server(name: &str) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    authority.distinguished_name = DistinguishedName::new();
    let pem = STANDARD.encode(authority.self_signed(&key).unwrap().der());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----\n");
    let own = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = certificate
        .signed_by(&own, &Issuer::new(authority, key))
        .unwrap();
    let own = PrivateKeyDer::try_from(own.serialize_der()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], own)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut head = [0; 4096];
            assert_ne!(stream.read(&mut head).await.unwrap(), 0);
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(answer).await.unwrap();
        }
    });
    (host, pem)
}

fn trusting(file: &Path) -> OutgoingSettings {
    OutgoingSettings {
        certificates: Some(file.to_owned()),
        ..settings()
    }
}

fn unproven() -> (&'static str, String) {
    ("not sent", "peer could not prove its name.".to_owned())
}

#[tokio::test]
async fn a_server_is_trusted_when_its_authority_is_in_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authorities.pem");
    let (host, authority) = server("127.0.0.1").await;
    let (_, other) = server("127.0.0.1").await;
    let url = format!("https://{host}/");

    let stranger = outgoing(&settings()).send(get(&url)).await;
    assert_eq!(failure(stranger, &host), unproven());
    std::fs::write(&file, &other).unwrap();
    let wrong = outgoing(&trusting(&file)).send(get(&url)).await;
    assert_eq!(failure(wrong, &host), unproven());
    std::fs::write(&file, other + &authority).unwrap();
    let known = outgoing(&trusting(&file)).send(get(&url)).await;
    assert_eq!(told(known), (200, "{}".to_owned()));
}

#[tokio::test]
async fn a_certificate_of_another_name_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authorities.pem");
    let (host, authority) = server("git.example.com").await;
    std::fs::write(&file, authority).unwrap();
    let result = outgoing(&trusting(&file))
        .send(get(&format!("https://{host}/")))
        .await;
    assert_eq!(failure(result, &host), unproven());
}

#[test]
fn certificates_that_cannot_be_read_are_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authorities.pem");
    let told = || {
        let error = Outgoing::new(&trusting(&file), TestClock::standing()).unwrap_err();
        error.to_string().replace(file.to_str().unwrap(), "FILE")
    };
    assert_eq!(told(), "cannot read FILE");
    std::fs::write(&file, "no certificate").unwrap();
    assert_eq!(told(), "FILE has no certificate");
    let broken = "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n";
    std::fs::write(&file, broken).unwrap();
    assert_eq!(told(), "FILE is not a PEM file of certificates");
}

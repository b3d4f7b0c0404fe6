//! The only place that sees a key: sealing, opening and signing.
//!
//! Each configured secret yields one AES-256-GCM key, one HMAC-SHA-256 key and the public name of
//! that key through HKDF (RFC 5869). The first secret seals and signs; every one opens and
//! verifies, so that a secret can be replaced without ending anybody's sign-in.

use std::fmt;
use std::io;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

const KEY_LEN: usize = 32;
/// The permissions of everybody but the owner in a file's mode.
const OTHERS: u32 = 0o077;

/// How many bytes of HKDF output a key is known by.
const KEY_ID_LEN: usize = 8;

/// What a sealed text is for, and in which place. A text sealed for one of them cannot be opened
/// for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// A provider's credential inside the access token of this sign-in.
    Credential(&'a str),
    /// A refresh handle.
    Handle,
    /// The record under this key.
    Record(&'a str),
}

impl Purpose<'_> {
    fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Credential(sign_in) => format!("wyvern credential 2 {sign_in}"),
            Self::Handle => "wyvern handle 1".to_owned(),
            Self::Record(key) => format!("wyvern record 1 {key}"),
        }
        .into_bytes()
    }
}

/// The key ring. It cannot be printed.
pub struct Vault {
    first: Keys,
    others: Vec<Keys>,
}

struct Keys {
    id: String,
    seal: RandomizedNonceKey,
    sign: hmac::Key,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(redacted)")
    }
}

impl Vault {
    /// A vault with these secrets; the first seals. `None` without any.
    #[must_use]
    pub fn new(secrets: &[SecretString]) -> Option<Self> {
        let (first, others) = secrets.split_first()?;
        let others = others.iter().map(Keys::derive).collect();
        Some(Self {
            first: Keys::derive(first),
            others,
        })
    }

    /// Seals bytes for a purpose: the text holds letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, purpose: Purpose<'_>, plain: &[u8]) -> String {
        let mut sealed = plain.to_vec();
        let nonce = self
            .first
            .seal
            .seal_in_place_append_tag(Aad::from(purpose.to_bytes()), &mut sealed)
            .expect("the texts are far below the cipher's limit of 64 GiB");
        sealed.splice(0..0, nonce.as_ref().iter().copied());
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// Opens what was sealed for the same purpose. Every failure looks the same.
    #[must_use]
    pub fn open(&self, purpose: Purpose<'_>, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let purpose = purpose.to_bytes();
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>()?;
        self.keys().find_map(|keys| {
            let mut plain = Zeroizing::new(body.to_vec());
            let nonce = Nonce::assume_unique_for_key(*nonce);
            let aad = Aad::from(&purpose);
            let length = keys.seal.open_in_place(nonce, aad, &mut plain).ok()?.len();
            plain.truncate(length);
            Some(plain)
        })
    }

    /// The name of the key that signs: a part of HKDF's output, which tells nothing of the key.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.first.id
    }

    /// The HS256 signature of a JWT's first two parts, as its third (RFC 7515).
    #[must_use]
    pub fn sign(&self, message: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.first.sign, message.as_bytes()))
    }

    /// The names of all keys.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|keys| keys.id.as_str())
    }

    /// Whether the key of this name made this signature. The comparison takes the same time
    /// wherever they differ.
    #[must_use]
    pub fn verifies(&self, key_id: &str, message: &str, signature: &str) -> bool {
        URL_SAFE_NO_PAD.decode(signature).is_ok_and(|signature| {
            self.keys().any(|keys| {
                keys.id == key_id
                    && hmac::verify(&keys.sign, message.as_bytes(), &signature).is_ok()
            })
        })
    }

    fn keys(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl Keys {
    fn derive(secret: &SecretString) -> Self {
        let id = derive::<KEY_ID_LEN>(secret, b"wyvern key id 1");
        let seal = derive::<KEY_LEN>(secret, b"wyvern seal 1");
        let sign = derive::<KEY_LEN>(secret, b"wyvern sign 1");
        Self {
            id: URL_SAFE_NO_PAD.encode(*id),
            seal: RandomizedNonceKey::new(&AES_256_GCM, &*seal).expect("32 bytes are its length"),
            sign: hmac::Key::new(hmac::HMAC_SHA256, &*sign),
        }
    }
}

fn derive<const N: usize>(secret: &SecretString, purpose: &[u8]) -> Zeroizing<[u8; N]> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut key = Zeroizing::new([0; N]);
    Salt::new(HKDF_SHA256, b"wyvern")
        .extract(secret.expose_secret().as_bytes())
        .expand(&[purpose], Length(N))
        .and_then(|material| material.fill(&mut *key))
        .expect("one block of HKDF output is always allowed");
    key
}

/// The secret kept at `path`, made on first use so that nobody has to configure one. Only the
/// owner of the file can read it.
///
/// Nothing is drawn when there is one: the generator takes tens of milliseconds to start, which
/// every start of the server would wait for.
///
/// # Errors
/// When the file cannot be read or made, is not a secret, or is open to others.
pub fn kept_secret(path: &Path) -> io::Result<SecretString> {
    match read_secret(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match make_secret(path) {
            // Another server on the same folder was first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read_secret(path),
            made => made,
        },
        kept => kept,
    }
}

fn read_secret(path: &Path) -> io::Result<SecretString> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut file = std::fs::File::open(path)?;
    if file.metadata()?.permissions().mode() & OTHERS != 0 {
        let reason = "others may use it; take that from them with chmod 600";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, reason));
    }
    let mut kept = Zeroizing::new(String::new());
    io::Read::read_to_string(&mut file, &mut kept)?;
    let kept = kept.trim_end();
    if kept.len() < KEY_LEN {
        let reason = "it does not hold a key";
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    Ok(kept.into())
}

/// The file appears whole or not at all: another server, or the start after a killed one, must not
/// find half a key.
fn make_secret(path: &Path) -> io::Result<SecretString> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let fresh = crate::random::text::<KEY_LEN>();
    let draft = path.with_extension(crate::random::text::<8>());
    let mut options = std::fs::OpenOptions::new();
    let made = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut file| {
            io::Write::write_all(&mut file, fresh.as_bytes())?;
            file.sync_all()?;
            std::fs::hard_link(&draft, path)
        });
    std::fs::remove_file(&draft).ok();
    made.map(|()| fresh.into())
}

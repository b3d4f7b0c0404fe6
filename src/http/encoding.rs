//! Which content encoding a client takes (RFC 9110, section 12.5.3).

/// A content encoding that the embedded files may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// As in `Content-Encoding`; the plain file has no such header.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// Whether an `Accept-Encoding` value takes the encoding. What is named counts before `*`, and a
/// weight of zero means no.
pub(crate) fn accepts(header: &str, encoding: Encoding) -> bool {
    let Some(wanted) = encoding.name() else {
        return true;
    };
    weight_of(wanted, header)
        .or_else(|| weight_of("*", header))
        .is_some_and(|weight| weight > 0.0)
}

fn weight_of(wanted: &str, header: &str) -> Option<f32> {
    header.split(',').find_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next()?;
        coding.eq_ignore_ascii_case(wanted).then(|| {
            parts
                .find_map(|parameter| parameter.strip_prefix("q="))
                .map_or(1.0, |weight| weight.parse().unwrap_or(0.0))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_encoding_is_taken_unless_its_weight_is_zero() {
        let cases = [
            ("br", true, false),
            ("gzip, deflate, br", true, true),
            ("gzip;q=0.5, BR;q=0.001", true, true),
            ("br;q=0, gzip", false, true),
            ("br; q=0.0", false, false),
            ("*", true, true),
            ("*;q=0", false, false),
            ("br;q=0, *", false, true),
            ("identity", false, false),
            ("", false, false),
            ("brotli, xbr, br2", false, false),
            ("br;q=nonsense", false, false),
        ];
        for (header, brotli, gzip) in cases {
            assert_eq!(
                accepts(header, Encoding::Brotli),
                brotli,
                "br in {header:?}"
            );
            assert_eq!(accepts(header, Encoding::Gzip), gzip, "gzip in {header:?}");
            assert!(
                accepts(header, Encoding::Identity),
                "identity in {header:?}"
            );
        }
    }
}

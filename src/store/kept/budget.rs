//! How much is read for one request: of a repository and its sources together, so that nobody makes
//! the server hold more by pinning more.

use super::Shelf;

/// What all rules and libraries together may have, in bytes.
const TOML_MAX: usize = 32 << 20;
/// What all templates together may have.
const TEMPLATES_MAX: usize = 64 << 20;

/// What may still be read.
#[derive(Debug)]
pub(super) struct Budget {
    toml: usize,
    templates: usize,
}

impl Budget {
    /// Nothing has been read yet.
    pub(super) fn whole() -> Self {
        Self {
            toml: TOML_MAX,
            templates: TEMPLATES_MAX,
        }
    }

    /// Takes so many bytes. Once they do not fit, nothing else does.
    pub(super) fn take(&mut self, on: Shelf, bytes: usize) -> Result<(), &'static str> {
        let left = match on {
            Shelf::Rules | Shelf::Libraries => &mut self.toml,
            Shelf::Templates => &mut self.templates,
        };
        let rest = left.checked_sub(bytes);
        *left = rest.unwrap_or_default();
        rest.map(drop).ok_or_else(|| beyond(on))
    }

    /// Takes what rules or libraries have grown by since they were read. Where that does not fit, the
    /// next file is told so.
    pub(super) fn charge(&mut self, bytes: usize) {
        self.toml = self.toml.saturating_sub(bytes);
    }

    /// Why nothing more is read, when that is so.
    pub(super) fn spent(&self, on: Shelf) -> Option<&'static str> {
        let left = match on {
            Shelf::Rules | Shelf::Libraries => self.toml,
            Shelf::Templates => self.templates,
        };
        (left == 0).then(|| beyond(on))
    }
}

const fn beyond(on: Shelf) -> &'static str {
    match on {
        Shelf::Rules | Shelf::Libraries => {
            "this is not read: all files of rules and libraries together have at most 32 MiB, those of \
             sources included"
        }
        Shelf::Templates => {
            "this is not read: all templates together have at most 64 MiB, those of sources included"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_libraries_share_what_templates_have_no_part_in() {
        let mut budget = Budget::whole();
        let mib = |count: usize| count << 20;
        budget.take(Shelf::Rules, mib(20)).unwrap();
        budget.take(Shelf::Libraries, mib(11)).unwrap();
        assert_eq!(budget.spent(Shelf::Rules), None);
        let fault = budget.take(Shelf::Rules, mib(1) + 1).unwrap_err();
        assert!(fault.contains("32 MiB"), "{fault}");
        let small = budget.take(Shelf::Libraries, 1);
        assert_eq!(
            small,
            Err(fault),
            "which files are read must not depend on luck"
        );
        assert_eq!(budget.spent(Shelf::Libraries), Some(fault));
        budget.take(Shelf::Templates, mib(64)).unwrap();
        let fault = budget.take(Shelf::Templates, 1).unwrap_err();
        assert!(fault.contains("64 MiB"), "{fault}");
    }
}

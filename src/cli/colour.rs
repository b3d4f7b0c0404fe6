//! Whether output is coloured.

use clap::ValueEnum;

use crate::config::Environment;

/// What `--color` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Whether output that goes to a terminal, or not, is coloured. For `NO_COLOR` see
    /// <https://no-color.org>: set and not empty.
    pub(super) fn applies(self, environment: &Environment, terminal: bool) -> bool {
        let variable = |name| environment.get(name).map_or("", String::as_str);
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && variable("NO_COLOR").is_empty() && variable("TERM") != "dumb",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_coloured_unless_somebody_objects() {
        let environment = |entries: &[(&str, &str)]| -> Environment {
            let entries = entries.iter();
            entries
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let none = environment(&[]);
        assert!(Colour::Auto.applies(&none, true));
        assert!(!Colour::Auto.applies(&none, false));
        assert!(Colour::Always.applies(&environment(&[("NO_COLOR", "1")]), false));
        assert!(!Colour::Never.applies(&none, true));
        for (entry, coloured) in [
            (("NO_COLOR", "1"), false),
            (("NO_COLOR", ""), true),
            (("TERM", "dumb"), false),
        ] {
            assert_eq!(Colour::Auto.applies(&environment(&[entry]), true), coloured);
        }
    }
}

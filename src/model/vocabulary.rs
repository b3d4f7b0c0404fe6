//! The words that Threat Dragon's format has for statuses, severities, methodologies and shapes.
//! Unknown words are kept as they are.

/// An enumeration of known words. Each variant has the word that is written, then other spellings
/// that real files have; case does not count.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal $(| $other:literal)*,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$note])* #[doc = concat!("`", $word, "`")] $variant,)+
            /// A word that the format does not name.
            Other(String),
        }

        impl $name {
            /// Reads a word.
            #[must_use]
            pub fn read(word: &str) -> Self {
                $(if [$word $(, $other)*].iter().any(|known| known.eq_ignore_ascii_case(word)) {
                    return Self::$variant;
                })+
                Self::Other(word.to_owned())
            }

            /// The word as new files have it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }
    };
}

vocabulary! {
    /// What has been decided about a threat.
    Status {
        NotApplicable = "NotApplicable" | "N/A",
        Open = "Open",
        Mitigated = "Mitigated",
        Accepted = "Accepted",
        Transferred = "Transferred",
        Avoided = "Avoided",
        Eliminated = "Eliminated",
    }
}

vocabulary! {
    /// How bad a threat is.
    Severity {
        Undecided = "TBD" | "TBA",
        Low = "Low",
        Medium = "Medium",
        High = "High",
        Critical = "Critical",
    }
}

vocabulary! {
    /// The methodology of a diagram (`diagramType`) and of a threat (`modelType`).
    Methodology {
        Cia = "CIA",
        CiaDie = "CIADIE" | "DIE",
        Linddun = "LINDDUN",
        Plot4ai = "PLOT4ai",
        Stride = "STRIDE",
        Eop = "EOP",
        Generic = "Generic" | "default",
    }
}

vocabulary! {
    /// What a cell is: its `shape`.
    CellShape {
        Actor = "actor",
        Process = "process",
        Store = "store",
        TextBlock = "td-text-block",
        BoundaryBox = "trust-boundary-box",
        // The second spelling is a slip of early versions, found in real files.
        BoundaryCurve = "trust-boundary-curve" | "trust-broundary-curve",
        Flow = "flow" | "edge",
    }
}

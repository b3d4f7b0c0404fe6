//! The words of expressions.

/// Words of the language, each with its variant.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$note])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As rules write it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What a word of a rule means.
            #[must_use]
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What is said of a thing itself: its kind, its properties, how it is drawn.
    Fact {
        /// An actor.
        Actor = "actor",
        /// A process.
        Process = "process",
        /// A data store.
        Store = "store",
        /// A data flow.
        Flow = "flow",
        /// A trust boundary, a box or a curve.
        Boundary = "boundary",
        /// An actor, a process or a data store.
        Element = "element",
        /// A flow over a public network: `isPublicNetwork`.
        Public = "public",
        /// A flow or a store that is encrypted: `isEncrypted`.
        Encrypted = "encrypted",
        /// A flow of both directions: `isBidirectional`.
        Bidirectional = "bidirectional",
        /// An actor who proves who they are: `providesAuthentication`.
        Authenticates = "authenticates",
        /// A web application: `isWebApplication`.
        Web = "web",
        /// A process that handles payments by card: `handlesCardPayment`.
        TakesCards = "takes-cards",
        /// A process that handles goods or services: `handlesGoodsOrServices`.
        Sells = "sells",
        /// A store that is a log: `isALog`.
        Log = "log",
        /// A store that is signed: `isSigned`.
        Signed = "signed",
        /// A store of credentials: `storesCredentials`.
        Credentials = "credentials",
        /// A store of an inventory: `storesInventory`.
        Inventory = "inventory",
        /// A flow that crosses a trust boundary.
        Crossing = "crossing",
        /// A thing that lies in a trust boundary box.
        Inside = "inside",
        /// A flow that lacks an end.
        Loose = "loose",
        /// Everything in a diagram with a trust boundary.
        Zoned = "zoned",
    }
}

impl Fact {
    /// The member of a cell's data that says it, for those that a member says.
    #[must_use]
    pub const fn member(self) -> Option<&'static str> {
        Some(match self {
            Self::Public => "isPublicNetwork",
            Self::Encrypted => "isEncrypted",
            Self::Bidirectional => "isBidirectional",
            Self::Authenticates => "providesAuthentication",
            Self::Web => "isWebApplication",
            Self::TakesCards => "handlesCardPayment",
            Self::Sells => "handlesGoodsOrServices",
            Self::Log => "isALog",
            Self::Signed => "isSigned",
            Self::Credentials => "storesCredentials",
            Self::Inventory => "storesInventory",
            _ => return None,
        })
    }
}

words! {
    /// A text of a thing.
    Text {
        /// What it is called.
        Name = "name",
        /// What is said about it.
        Description = "description",
        /// What a flow speaks.
        Protocol = "protocol",
        /// With what rights a process runs.
        Privilege = "privilege",
        /// Its name and its description.
        Text = "text",
    }
}

impl Text {
    /// The members of a cell's data that have it.
    #[must_use]
    pub const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name"],
            Self::Description => &["description"],
            Self::Protocol => &["protocol"],
            Self::Privilege => &["privilegeLevel"],
            Self::Text => &["name", "description"],
        }
    }
}

words! {
    /// How one thing of a diagram is related to others.
    Relation {
        /// Of a flow: the element where it begins.
        Source = "source",
        /// Of a flow: the element where it ends.
        Target = "target",
        /// Of an element: a flow that leads to it.
        Incoming = "incoming",
        /// Of an element: a flow that leads from it.
        Outgoing = "outgoing",
        /// Of an element: the other end of a flow that leads to it.
        Sender = "sender",
        /// Of an element: the other end of a flow that leads from it.
        Receiver = "receiver",
        /// Of an element: another from which flows lead to it, over any number of steps.
        Upstream = "upstream",
        /// Of an element: another to which flows lead from it, over any number of steps.
        Downstream = "downstream",
        /// Of a node: a boundary box in which it lies.
        Boundary = "boundary",
        /// Of a flow: a boundary that it crosses.
        Crossed = "crossed",
        /// Of a boundary box: an element in it.
        Content = "content",
    }
}

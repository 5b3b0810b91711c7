//! What came of asking an address, sorted by what an editor has to do about it.

/// An answer, and who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What came of it.
    pub answer: Answer,
    /// The host that was asked last: another than the address names, where that one led on.
    pub host: String,
}

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It leads to a page.
    Fine,
    /// It leads to a page, and its host says that the address has changed for good.
    Moved {
        /// The new address.
        to: String,
    },
    /// There is nothing any more, for certain.
    Dead(Death),
    /// The host turns programs away, with this status; people may be let in.
    Blocked(u16),
    /// No answer came in time, and not at the repetitions either.
    Slow,
    /// Anything else.
    Unclear(Fault),
}

/// How certain it is that there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// The server says so: 404 (not found) or 410 (gone).
    Status(u16),
    /// The name of the host leads nowhere.
    NoHost,
}

/// Why it is not clear how an address is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A status that says neither.
    Status(u16),
    /// The name could not be looked up for now.
    Lookup,
    /// The network has no way to the host.
    Unreachable,
    /// The host does not take the connection.
    Refused,
    /// The host ended the connection.
    Broken,
    /// What came is not what servers of the web say.
    Garbage,
    /// The connection is not secure: what is the matter, in plain words.
    Insecure(String),
    /// The address leads back to itself.
    Circle,
    /// The address leads on and on.
    TooManyHops,
    /// The address leads on to something that is no address of the web.
    BadHop,
    /// The address lies in a private network, and was not asked.
    Private,
    /// The text is no address.
    NoAddress,
}

impl Answer {
    /// Sorts the status of a last answer, where nothing led on. `wall` tells that a guard against programs gave it.
    pub(super) fn of_status(status: u16, wall: bool) -> Self {
        match status {
            200..=299 | 304 => Self::Fine,
            404 | 410 => Self::Dead(Death::Status(status)),
            // 402, 406, 407 and 999 are also given by guards, the last by one of a single host.
            401..=403 | 406 | 407 | 429 | 451 | 999 => Self::Blocked(status),
            _ if wall => Self::Blocked(status),
            _ => Self::Unclear(Fault::Status(status)),
        }
    }

    /// Tells whether the network itself seems to be away.
    pub(super) const fn is_silence(&self) -> bool {
        matches!(self, Self::Dead(Death::NoHost) | Self::Unclear(Fault::Lookup | Fault::Unreachable))
    }
}

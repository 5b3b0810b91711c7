//! Asks the web whether the addresses of a site still lead somewhere: `dateline check --external`.
//!
//! [`addresses`] gathers them, [`ask`] asks each once, gently, and [`diagnostics`] makes messages of the [`Answer`]s. What is
//! learnt is kept in a [`Cache`] as it comes in, so that a run that is ended goes on where it was. Only what is certain
//! is called dead: many hosts turn programs away, and a site must not be called broken for that.
//!
//! It reads no page, only the first lines of an answer, and keeps nothing of it but how it was. It neither knows the
//! clock, which is given to it, nor prints. It is no part of a build: nothing that is written depends on it.

mod addresses;
mod answer;
mod ask;
mod cache;
mod crew;
mod guard;
mod report;
mod visit;
mod wire;

use std::time::Duration;

pub use addresses::{Address, Place, Role, addresses};
pub use answer::{Answer, Death, Fault, Told};
pub use ask::{Heard, Step, ask};
pub use cache::{Cache, PATH};
pub use report::diagnostics;

/// Seconds since 1970, as the command line reads them off the clock.
pub type Clock<'a> = &'a (dyn Fn() -> u64 + Sync);

/// How the web is asked.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether addresses of private networks and of this computer are asked too.
    pub allow_private: bool,
    /// Whether what was learnt earlier is asked again.
    pub fresh: bool,
    /// How long one request may take, its redirects not included.
    pub patience: Duration,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// The wait before the first repetition of a request that failed; each next one is twice as long.
    pub backoff: Duration,
    /// How long a host may ask us to wait; one that wants more is left alone.
    pub longest_wait: Duration,
    /// How long all of it may take, in whole seconds. What is left then is for the next run.
    pub at_most: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allow_private: false,
            fresh: false,
            patience: Duration::from_secs(20),
            pause: Duration::from_millis(500),
            backoff: Duration::from_secs(2),
            longest_wait: Duration::from_secs(30),
            at_most: Duration::from_secs(30 * 60),
        }
    }
}

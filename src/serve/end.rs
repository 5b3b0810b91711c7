//! Hears when the program is asked to end: Ctrl-C everywhere, and `kill` where there is one.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Hears it from when it is made.
pub(super) struct End {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(windows)]
    interrupt: CtrlC,
}

impl End {
    /// Begins to hear. Only inside of a runtime.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    #[cfg(unix)]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(windows)]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { interrupt: ctrl_c()? })
    }

    /// Waits until the program is asked to end.
    #[cfg(unix)]
    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(windows)]
    pub(super) async fn asked(&mut self) {
        let _ = self.interrupt.recv().await;
    }
}

//! Ctrl-C. The first asks the work at hand to stop where it can go on later; the second ends the
//! program on the spot, which loses nothing that was committed.

use std::fmt;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

/// The exit code of a program that was asked to stop: 128 and the number of the signal.
pub const EXIT_CODE: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// The work was stopped because the user asked for it.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "stopped before the end, as asked; what was done is kept. Add the same again to go on",
        )
    }
}

impl std::error::Error for Interrupted {}

/// From now on the first Ctrl-C is heeded by [`check`]. Where the system refuses, Ctrl-C ends the
/// program at once, as it does anyway.
pub fn watch() {
    let Ok(mut signals) = Signals::new([SIGINT]) else { return };
    thread::spawn(move || {
        for _ in &mut signals {
            if ASKED.swap(true, Ordering::SeqCst) {
                std::process::exit(EXIT_CODE.into());
            }
            let message = "\nstopping after the document at hand; Ctrl-C again stops at once\n";
            let _ = std::io::stderr().write_all(message.as_bytes());
        }
    });
}

/// Whether the user asked to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Fails when the user asked to stop.
///
/// # Errors
/// [`Interrupted`].
pub fn check() -> Result<(), Interrupted> {
    if asked() { Err(Interrupted) } else { Ok(()) }
}

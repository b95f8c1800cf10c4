//! How a command ends: exit 0 found or done, 1 nothing found, 2 error, 130 stopped by Ctrl-C. Errors are printed here, once,
//! on stderr. A reader that stops reading (a closed pipe) is no error.

use std::io;
use std::process::ExitCode;

use crate::interrupt::{self, Interrupted};
use crate::output::Output;

/// What a command that did not fail has to say by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found, or the work was done.
    Found,
    /// Nothing was found.
    Nothing,
    /// Something was examined and is not as it should be.
    Unsound,
    /// The work was done only in part; what failed has been reported by name.
    Partly,
}

/// Prints an error, if there is one, and says with which code to exit.
pub fn exit_code(outcome: anyhow::Result<Outcome>, output: &Output) -> ExitCode {
    match outcome {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing | Outcome::Unsound) => ExitCode::from(1),
        Ok(Outcome::Partly) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => {
            output.error(&format!("{error:#}"));
            ExitCode::from(interrupt::EXIT_CODE)
        }
        Err(error) => {
            output.error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Prints what is wrong with the arguments, or the help that was asked for.
pub fn of_arguments(error: clap::Error) -> ExitCode {
    // A message that cannot be printed cannot be reported either.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = |e: &(dyn std::error::Error + 'static)| {
        e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(io)
}

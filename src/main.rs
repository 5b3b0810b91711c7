//! The program: reads the command line, does what it says, exits with 0, 1 (content) or 2 (the world, or usage).

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}

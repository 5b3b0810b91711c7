//! The program: reads the command line, does what it says, exits with 0, 1 (content) or 2 (the world, or usage).

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build makes and drops millions of small texts, from several threads at once, which this allocator is made for.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

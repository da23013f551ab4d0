//! The program `lagune`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}

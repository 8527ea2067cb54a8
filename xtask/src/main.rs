//! The program `xtask`. What it does is in the library, which cargo compiles while the generator's code is still made.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}

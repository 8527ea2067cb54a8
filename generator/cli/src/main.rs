//! The program `oasmith`. Its code is in the library, because Cargo compiles a library as soon as the generator is type-checked, and a
//! program only when the generator is compiled.

use std::process::ExitCode;

fn main() -> ExitCode {
    oasmith::main()
}

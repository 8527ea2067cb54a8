//! `oasmith` as a program.

mod commits;
mod correction;
mod diff;
mod explain;
mod generate;
mod program;

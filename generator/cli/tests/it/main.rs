//! `oasmith` as a program.

mod citizen;
mod commits;
mod correction;
mod diff;
mod explain;
mod generate;
mod init;
mod program;
mod refused;
mod subset;

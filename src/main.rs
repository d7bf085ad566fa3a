//! The command line of calcgrad.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}

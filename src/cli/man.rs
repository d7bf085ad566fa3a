//! `calcgrad man`: the manual, as one page or as a page for each command.

use super::commands::Arguments;
use super::diagnostic;
use super::exit::Exit;
use super::output::Output;
use clap::CommandFactory;
use clap_mangen::{Man, generate_to};
use std::path::Path;

/// Prints the main page, or writes all pages into a directory, which is made.
pub(crate) fn write(directory: Option<&Path>, output: &mut Output) -> Exit {
    let root = Arguments::command();
    let Some(directory) = directory else {
        let mut page = Vec::new();
        return match Man::new(root).render(&mut page) {
            Ok(()) => {
                output.bytes(&page);
                Exit::Done
            }
            Err(_) => Exit::Output,
        };
    };
    let written = std::fs::create_dir_all(directory);
    match written.and_then(|()| generate_to(root, directory)) {
        Ok(()) => Exit::Done,
        Err(error) => {
            diagnostic::line(&format!("error: {}: {error}", directory.display()));
            Exit::Output
        }
    }
}

//! `calcgrad help`: the commands, one of them, or a topic.

use super::commands::Arguments;
use super::exit::Exit;
use super::output::Output;
use super::{diagnostic, hints, theme};
use calcgrad::syntax::nearest;
use clap::{Command, CommandFactory};

/// Topics that are no commands: texts whose examples are tested as sessions, and schemas.
pub(crate) const TOPICS: [(&str, &str); 7] = [
    ("language", include_str!("topics/language.txt")),
    ("formats", include_str!("topics/formats.txt")),
    ("steps", include_str!("topics/steps.txt")),
    ("exit-codes", include_str!("topics/exit-codes.txt")),
    ("json", include_str!("topics/json.txt")),
    ("request-schema", include_str!("../../schemas/request.v1.json")),
    ("answer-schema", include_str!("../../schemas/answer.v1.json")),
];

/// Shows what there is to say of a command or a topic, or of all commands.
pub(crate) fn show(name: Option<&str>, output: &mut Output) -> Exit {
    if let Some((_, text)) = TOPICS.iter().find(|(topic, _)| Some(*topic) == name) {
        output.bytes(text.as_bytes());
        return Exit::Done;
    }
    let mut root = Arguments::command();
    root.build();
    let found = match name {
        None => Some(&mut root),
        Some(name) => root.find_subcommand_mut(name),
    };
    match (found, name) {
        (Some(command), _) => {
            output.line(help(command).trim_end());
            Exit::Done
        }
        (None, name) => {
            let name = name.unwrap_or_default();
            let topics = TOPICS.iter().map(|(topic, _)| *topic);
            let error = match nearest(name, topics.clone()) {
                Some(near) => {
                    hints::no_such(name).help(format!("did you mean `{near}`?"))
                }
                None => hints::no_command(name),
            };
            diagnostic::error("", &error);
            Exit::Input
        }
    }
}

fn help(command: &mut Command) -> String {
    let text = command.render_long_help();
    match theme::colours_answers() {
        true => text.ansi().to_string(),
        false => text.to_string(),
    }
}

//! Help, manual and preferences: what is shown is true, and what is preferred stays on terminals.

use super::blocks;
use super::console::{self, calcgrad};

/// The sessions in a help text: indented, each up to a blank line.
fn sessions(text: &str) -> String {
    let mut session = String::new();
    let mut is_inside = false;
    for line in text.lines() {
        is_inside = (is_inside || line.starts_with("  $ ")) && !line.is_empty();
        if is_inside {
            session.push_str(line.strip_prefix("  ").unwrap_or(line));
            session.push('\n');
        }
    }
    session
}

#[test]
fn topics_show_what_comes_out() {
    let root = blocks::root().join("src/cli/topics");
    let files = blocks::files(&root, "txt");
    assert!(files.len() > 3);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a topic");
        let session = sessions(&text);
        assert!(session.contains("$ calcgrad"), "{path:?}");
        console::check(&path.display().to_string(), &session);
        let topic = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let shown = console::run(&["help".to_owned(), topic], b"");
        assert_eq!(String::from_utf8_lossy(&shown.stdout), text);
        let width = text
            .lines()
            .filter(|line| !line.starts_with("  {"))
            .map(|line| line.chars().count());
        assert!(width.max() <= Some(100), "{path:?}");
    }
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let folder =
        std::env::temp_dir().join(format!("calcgrad-man-{}", std::process::id()));
    let status = calcgrad().args(["man", "--output"]).arg(&folder).status();
    assert!(status.expect("calcgrad runs").success());
    let help = console::run(&["help".to_owned()], b"");
    let help = String::from_utf8(help.stdout).expect("text");
    let commands = help.split("Commands:").nth(1).expect("a list of commands");
    let commands = commands.lines().skip(1).take_while(|line| !line.is_empty());
    let mut count = 0;
    let is_first = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    for line in commands.filter(is_first) {
        let name = line.split_whitespace().next().expect("a command");
        let page = std::fs::read_to_string(folder.join(format!("calcgrad-{name}.1")));
        assert!(
            page.expect("a page").contains(&format!(".TH calcgrad-{name} 1")),
            "{name}"
        );
        count += 1;
    }
    assert!(count > 25, "{count} commands");
    assert!(folder.join("calcgrad.1").exists());
    std::fs::remove_dir_all(&folder).expect("the folder is there");
    let status = calcgrad().args(["man", "--output", "Cargo.toml/man"]).status();
    assert_eq!(status.expect("calcgrad runs").code(), Some(5));
}

#[test]
fn what_goes_into_a_pipe_is_as_nobody_prefers_it() {
    let mut command = calcgrad();
    command.args(["diff", "log(x)"]);
    for (name, value) in
        [("FORMAT", "latex"), ("LOG", "10"), ("COLOR", "always"), ("EFFORT", "9")]
    {
        command.env(format!("CALCGRAD_{name}"), value);
    }
    let output = command.output().expect("calcgrad runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "df/dx = 1/x\n");
    assert!(output.stderr.is_empty());
}

//! Help, manual and preferences: what is shown is true, and what is preferred stays on terminals.

use super::blocks;
use super::console::{self, calcgrad};
use calcgrad::session::{Engine, Settings};

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

/// Values that are put in mean what they mean where they are typed, in brackets.
#[test]
fn values_are_put_in_as_if_they_were_typed() -> calcgrad::Result<()> {
    let templates = [
        "{a}*x^2 + {b}",
        "-{a}^2*x",
        "x/{a}/{b}",
        "2{a}x - 3{b}",
        "sin({a} x) + cos({b}*x)^{a}",
        "x^{a}^{b}",
        "f = u^{a}; u = {b}*x; v = {a} - u; f + v",
        "g(t) = {a}*t^2; g(x) + g({b})",
        "abs({a} - x)*sqrt({b}^2 + x^2)",
        "piecewise(x < {a}, {b}*x, x^2)",
        "[{a}*x, x + {b}]",
        "h({a}*x, {b})",
        "({a} + {b})!",
    ];
    let values =
        [("3", "1/2"), ("-2", "0.1"), ("b + 1", "a*y"), ("y^2 - 1", "-y"), ("2*pi", "e")];
    for template in templates {
        for (a, b) in values {
            let write = |a: &str, b: &str| template.replace("{a}", a).replace("{b}", b);
            let mut engine = Engine::default();
            let set = format!("a={a}, b={b}");
            let with_set = Settings { set, ..Settings::default() };
            let put = engine.read(&write(" a ", " b "), &with_set)?;
            let declared = ["a", "b", "y"].map(str::to_owned).to_vec();
            let plain = Settings { declared, ..Settings::default() };
            let typed =
                engine.read(&write(&format!("({a})"), &format!("({b})")), &plain)?;
            assert_eq!(put.roots, typed.roots, "{template} with a = {a}, b = {b}");
        }
    }
    Ok(())
}

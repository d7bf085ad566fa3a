//! `calcgrad grade` on files that console sessions cannot show: bytes, long files, many cores.

use super::console::{self, calcgrad};
use std::fmt::Write;
use std::process::Output;

fn grade(arguments: &str, input: &[u8]) -> Output {
    console::run(&console::split(&format!("grade {arguments}")), input)
}

fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    text.lines().map(str::to_owned).collect()
}

/// A file of many rows of which each seventh is broken.
fn many(count: usize) -> String {
    let mut text = String::from("id,expr,wrt,answer\n");
    for n in 0..count {
        let answer = match n % 7 {
            3 => "2*".to_owned(),
            5 => format!("{n}*x"),
            _ => format!("{}*x^{n}", n + 1),
        };
        let _ = writeln!(text, "{n},x^{},x,{answer}", n + 1);
    }
    text
}

#[test]
fn a_long_file_is_graded_in_order() {
    let output = grade("- --format csv", many(1_500).as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert_eq!(lines.len(), 1_501);
    for (n, line) in lines[1..].iter().enumerate() {
        let verdict = match n % 7 {
            3 => "unreadable",
            5 => "different",
            _ => "equal",
        };
        assert!(line.starts_with(&format!("{n},{verdict},")), "{line}");
    }
    let summary = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        summary.contains("1500 submissions: 1072 equal, 214 different, 214 unreadable")
    );
}

#[test]
fn the_number_of_cores_does_not_matter() {
    let text = many(300);
    let path = std::env::temp_dir().join(format!("calcgrad-{}.csv", std::process::id()));
    std::fs::write(&path, text).expect("a file");
    let graded = |threads: &str| {
        let mut command = calcgrad();
        command.arg("grade").arg(&path).args(["--format", "json", "--summary"]);
        let output = command.env("RAYON_NUM_THREADS", threads).output();
        output.expect("calcgrad runs").stdout
    };
    let (one, three) = (graded("1"), graded("3"));
    let _ = std::fs::remove_file(&path);
    assert_eq!(one, three);
    assert_eq!(one.iter().filter(|byte| **byte == b'\n').count(), 301);
}

#[test]
fn files_from_other_machines_are_read() {
    let plain = "id,expr,wrt,answer\n1,x^2,x,2*x\n2,x*y,\"x,y\",\"[y, x]\"\n";
    let expected = lines(&grade("-", plain.as_bytes()));
    assert_eq!(expected.len(), 2);
    let variants = [
        format!("\u{feff}{plain}"),
        plain.replace('\n', "\r\n"),
        plain.replace("id,expr,wrt,answer", "ID , Expr,WRT,\"Answer\""),
        format!("\n\n{}", plain.replace('\n', "\n\n")),
        plain.trim_end().to_owned(),
        plain
            .replace("id,expr", "group,id,expr")
            .replace("\n1,", "\na,1,")
            .replace("\n2", "\n,2"),
        "id;expr;wrt;answer\n1;x^2;x;2*x\n2;x*y;x,y;[y, x]\n"
            .replace(";x,y;", ";\"x,y\";"),
        "id\texpr\twrt\tanswer\n1\tx^2\tx\t2*x\n2\tx*y\tx y\t[y, x]\n"
            .replace("x y", "\"x,y\""),
    ];
    for text in variants {
        assert_eq!(lines(&grade("-", text.as_bytes())), expected, "{text:?}");
    }
}

#[test]
fn bytes_that_are_not_text_are_broken_rows() {
    let output = grade("-", b"id,expr,answer\n1,x,\xff\n2,x,1\n\xfe\xff,x,1\n4,x,1\n");
    let found = lines(&output);
    assert_eq!(found.len(), 4, "{found:?}");
    for (line, verdict) in found.iter().zip(["error", "equal", "error", "equal"]) {
        assert!(line.contains(verdict), "{line}");
    }
    let output = grade(
        "-",
        b"{\"expr\": \"x\", \"answer\": \"\xff\"}\n{\"expr\": \"x\", \"answer\": 1}\n",
    );
    let found = lines(&output);
    assert!(
        found[0].contains("not valid UTF-8") && found[1].contains("equal"),
        "{found:?}"
    );
    let output = grade("-", b"\xff\xfei\0d\0,\0");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("UTF-16"));
}

#[test]
fn a_line_without_end_is_one_broken_row() {
    let long = "x+".repeat(3 << 20);
    let text = format!("id,expr,answer\n1,x,1\n2,{long},1\n3,x,1\n4,x,\"{long}\n5,x,1\n");
    let output = grade("-", text.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let found = lines(&output);
    assert_eq!(found.len(), 5);
    for (line, verdict) in found.iter().zip(["equal", "error", "equal", "error", "equal"])
    {
        assert!(line.contains(verdict), "{line}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    for file in ["no-such-file.csv", "src"] {
        let output = grade(file, b"");
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "), "{file}");
    }
}

/// No bar is drawn and no colour is used where nobody watches.
#[test]
fn nothing_but_the_summary_stands_on_standard_error() {
    let output = grade("-", many(20).as_bytes());
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

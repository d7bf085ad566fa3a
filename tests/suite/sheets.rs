//! Tables and JSON Lines as other programs write them: line ends, byte order marks, cells that
//! say more than a value, cells that a spreadsheet would carry out.

use super::console;

fn run(line: &str, input: &str) -> (String, String, Option<i32>) {
    let output = console::run(&console::split(line), input.as_bytes());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn every_line_end_ends_a_line() {
    let rows = ["x,y", "1,2", "3,4"];
    let (expected, ..) = run("batch --expr x*y", &rows.join("\n"));
    assert_eq!(expected.lines().count(), 2);
    for end in ["\r", "\r\n"] {
        for last in ["", end] {
            let (found, ..) =
                run("batch --expr x*y", &format!("{}{last}", rows.join(end)));
            assert_eq!(found, expected, "{end:?}");
        }
    }
    let requests = "{\"expr\":\"x\"}\r{\"expr\":1}\r\n\r\n\n{\"id\":2,\"expr\":}\r";
    let (found, ..) = run("batch", requests);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[2].starts_with("{\"line\":5,\"ok\":false"), "{}", lines[2]);
}

#[test]
fn every_file_of_several_may_begin_with_a_mark() {
    let file = "\u{feff}{\"expr\": \"x^2\"}\n";
    let (found, ..) = run("batch", &file.repeat(3));
    assert_eq!(found.matches("\"ok\":true").count(), 3, "{found}");
}

#[test]
fn a_cell_is_one_coordinate() {
    for cell in ["1, y=7", "1,y=7", "1,z=0,y=7"] {
        let table = format!("x,y\n\"{cell}\",5\n2,3\n");
        for command in ["eval", "gradient", "hessian"] {
            let line = format!("batch --expr x*y --command {command}");
            let (found, ..) = run(&line, &table);
            let lines: Vec<&str> = found.lines().collect();
            assert!(lines[0].contains("is no single value of"), "{found}");
            assert!(lines[1].contains("\"ok\":true"), "{found}");
        }
    }
    let (found, ..) = run("batch --expr x*y", "x;y\n5/2;3\n");
    assert!(found.contains("15/2"), "{found}");
}

#[test]
fn what_cannot_be_meant_ends_the_run() {
    let (found, errors, status) = run("batch --expr x*y", "\"x,y\n1,2\n3,4\n");
    assert_eq!((found.as_str(), status), ("", Some(2)));
    assert!(errors.contains("in the names of the columns is not closed"), "{errors}");
    let (found, errors, status) = run("batch --expr x --command gradeint", "x\n1\n");
    assert_eq!((found.as_str(), status), ("", Some(2)));
    assert!(errors.contains("there is no command `gradeint`"), "{errors}");
}

#[test]
fn a_spreadsheet_shows_grades_and_carries_nothing_out() {
    let ids = ["=cmd|' /C calc'!A0", "+1", "@SUM(1)", "-2|'!A1", " =1", "a\u{1b}[31mb"];
    let mut table = "id,expr,answer,=note\n".to_owned();
    for id in ids {
        table.push_str(&format!("\"{id}\",x^2,2x,=1+1\n"));
    }
    table.push_str("-3,3 - x^2,-2x,fine\n");
    let (found, ..) = run("grade - --format csv", &table);
    let lines: Vec<&str> = found.lines().collect();
    assert!(lines[0].ends_with(",'=note"), "{found}");
    for line in &lines[1..] {
        assert!(!line.starts_with(['=', '+', '@', ' ']), "{line}");
        assert!(!line.contains(",=") && !line.contains('\u{1b}'), "{line}");
    }
    assert_eq!(lines[6], r"a\u{1b}[31mb,equal,1,2*x,,'=1+1");
    assert_eq!(lines[7], "-3,equal,1,-2*x,,fine");
}

//! Formulas as a function that can be called: a row for each language.

/// A value that a function gives.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Its name.
    pub name: String,
    /// The expression of the whole.
    pub expression: String,
    /// The expressions of its entries, row by row.
    pub entries: Vec<String>,
    /// The sizes of the list that it is, outermost first; none for one value.
    pub sizes: Vec<usize>,
}

/// How values leave a function.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// They are given back: the line, what stands around several and what each is.
    Back { line: &'static str, several: [&'static str; 2], kind: &'static str },
    /// They are results that have names: the line of one.
    Named(&'static str),
    /// They are put where the caller says, entry by entry, but for a number that comes first.
    Entries,
}

/// How a language writes functions.
#[derive(Debug)]
pub struct Callable {
    /// What the language is called.
    pub language: &'static str,
    /// What opens it: `#1` is its name, `#2` what it takes, `#3` what it gives.
    head: &'static str,
    parameter: &'static str,
    /// Lines that declare what it takes, what it gives, and what it uses inside.
    declarations: [&'static str; 3],
    /// The line of a name inside.
    local: &'static str,
    way: Way,
    end: &'static str,
}

const PYTHON: Callable = Callable {
    language: "Python",
    head: "def #1(#2):",
    parameter: "#1",
    declarations: [""; 3],
    local: "    #1 = #2",
    way: Way::Back { line: "    return #1", several: ["", ""], kind: "" },
    end: "",
};

/// The languages that have functions.
pub static CALLABLES: [Callable; 9] = [
    PYTHON,
    Callable { language: "PyTorch", ..PYTHON },
    Callable { language: "JAX", ..PYTHON },
    Callable {
        language: "Julia",
        head: "function #1(#2)",
        way: Way::Back { line: "    return #1", several: ["", ""], kind: "" },
        end: "end",
        ..PYTHON
    },
    Callable {
        language: "MATLAB",
        head: "function #3 = #1(#2)",
        local: "    #1 = #2;",
        way: Way::Named("    #1 = #2;"),
        end: "end",
        ..PYTHON
    },
    Callable {
        language: "JavaScript",
        head: "function #1(#2) {",
        local: "    const #1 = #2;",
        way: Way::Back { line: "    return #1;", several: ["[", "]"], kind: "" },
        end: "}",
        ..PYTHON
    },
    Callable {
        language: "Rust",
        head: "fn #1(#2) -> #3 {",
        parameter: "#1: f64",
        local: "    let #1: f64 = #2;",
        way: Way::Back { line: "    #1", several: ["(", ")"], kind: "f64" },
        end: "}",
        ..PYTHON
    },
    Callable {
        language: "C",
        head: "#3 #1(#2) {",
        parameter: "double #1",
        local: "    const double #1 = #2;",
        way: Way::Entries,
        end: "}",
        ..PYTHON
    },
    Callable {
        language: "Fortran",
        head: "subroutine #1(#2)",
        declarations: [
            "    double precision, intent(in) :: #1",
            "    double precision, intent(out) :: #1",
            "    double precision :: #1",
        ],
        way: Way::Named("    #1 = #2"),
        end: "end subroutine",
        ..PYTHON
    },
];

impl Callable {
    /// The function of a name, with what it takes, what has names inside, and what it gives.
    pub fn write(
        &self,
        name: &str,
        parameters: &[String],
        locals: &[(String, String)],
        results: &[Returned],
    ) -> Vec<String> {
        let put = |template: &str, one: &str, two: &str| {
            template.replace("#1", one).replace("#2", two)
        };
        let mut takes: Vec<String> =
            parameters.iter().map(|name| put(self.parameter, name, "")).collect();
        let mut lines = Vec::new();
        let gives = match self.way {
            Way::Back { several, kind, .. } => {
                let kinds = results.iter().map(|one| array_of(kind, &one.sizes));
                around(several, &kinds.collect::<Vec<_>>())
            }
            Way::Named(_) => {
                let names: Vec<String> =
                    results.iter().map(|one| one.name.clone()).collect();
                if !self.declarations[1].is_empty() {
                    takes.extend(names.iter().cloned());
                }
                around(["[", "]"], &names)
            }
            Way::Entries => {
                takes.extend(results[returned(results)..].iter().map(place));
                let kind = if returned(results) > 0 { "double" } else { "void" };
                kind.to_owned()
            }
        };
        let head = self.head.replace("#3", &gives);
        lines.push(put(&head, name, &takes.join(", ")));
        let inner: Vec<String> = locals.iter().map(|(name, _)| name.clone()).collect();
        let outer: Vec<String> = results.iter().map(sized).collect();
        let declared = self.declarations.iter().zip([parameters, &outer, &inner]);
        for (template, names) in declared.filter(|row| !row.0.is_empty()) {
            if !names.is_empty() {
                lines.push(put(template, &names.join(", "), ""));
            }
        }
        lines.extend(locals.iter().map(|(name, text)| put(self.local, name, text)));
        match self.way {
            Way::Back { line, several, .. } => {
                let texts: Vec<String> =
                    results.iter().map(|one| one.expression.clone()).collect();
                lines.push(put(line, &around(several, &texts), ""));
            }
            Way::Named(line) => lines
                .extend(results.iter().map(|one| put(line, &one.name, &one.expression))),
            Way::Entries => {
                let own = returned(results);
                results[own..].iter().for_each(|one| assigned(one, &mut lines));
                let first = results[..own].iter();
                lines.extend(first.map(|one| format!("    return {};", one.expression)));
            }
        }
        lines.extend(Some(self.end.to_owned()).filter(|end| !end.is_empty()));
        lines
    }
}

/// How many values are given back by a function that puts all others where it is told.
fn returned(results: &[Returned]) -> usize {
    usize::from(results.first().is_some_and(|one| one.sizes.is_empty()))
}

/// One thing, or several with what stands around them.
fn around([open, close]: [&str; 2], list: &[String]) -> String {
    match list {
        [one] => one.clone(),
        many => format!("{open}{}{close}", many.join(", ")),
    }
}

/// The type of lists of these sizes.
fn array_of(kind: &str, sizes: &[usize]) -> String {
    let open = "[".repeat(sizes.len());
    let close: String = sizes.iter().rev().map(|size| format!("; {size}]")).collect();
    format!("{open}{kind}{close}")
}

/// A result with its sizes: `value`, `H(2, 2)`.
fn sized(one: &Returned) -> String {
    let sizes: Vec<String> = one.sizes.iter().map(usize::to_string).collect();
    match sizes.is_empty() {
        true => one.name.clone(),
        false => format!("{}({})", one.name, sizes.join(", ")),
    }
}

/// Where a result goes: `double *value`, `double H[2][2]`.
fn place(one: &Returned) -> String {
    match one.sizes.is_empty() {
        true => format!("double *{}", one.name),
        false => {
            let sizes: String =
                one.sizes.iter().map(|size| format!("[{size}]")).collect();
            format!("double {}{sizes}", one.name)
        }
    }
}

/// Lines that put a result where it goes.
fn assigned(one: &Returned, lines: &mut Vec<String>) {
    if one.sizes.is_empty() {
        return lines.push(format!("    *{} = {};", one.name, one.expression));
    }
    for (at, entry) in one.entries.iter().enumerate() {
        let mut rest = at;
        let mut places: Vec<String> = Vec::new();
        for size in one.sizes.iter().rev() {
            places.insert(0, format!("[{}]", rest % size));
            rest /= size;
        }
        lines.push(format!("    {}{} = {entry};", one.name, places.concat()));
    }
}

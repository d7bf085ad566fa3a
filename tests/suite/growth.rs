//! Long input in the time of short input: what was quadratic or worse would take minutes here.

use super::console;
use calcgrad::calculus::SYSTEMS;
use calcgrad::kernel::Limits;
use calcgrad::print::{self, Notation};
use calcgrad::session::{
    Engine, Form, MAX_WORK, SecondDerivatives, Settings, Show, View,
};
use calcgrad::{Error, Result};

/// The first derivatives in x in text.
fn diff(text: &str) -> Result<String> {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default())?;
    let found = engine.partials(&formula, &["x".to_owned()], 1, Form::Auto)?;
    print::write(&engine.pool, found.partials[0].values[0], Notation::Text)
}

fn listed(count: usize, part: impl Fn(usize) -> String, between: &str) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(between)
}

fn kind(found: Result<String>) -> &'static str {
    found.map_err(|error: Error| error.kind.id()).expect_err("a limit")
}

#[test]
fn the_greatest_of_many_is_answered() {
    let equal = format!("max({})", listed(100_000, |_| "x".to_owned(), ", "));
    assert_eq!(diff(&equal).unwrap(), "1");
    let names = listed(500, |k| format!("y{k}"), ", ");
    let found = diff(&format!("x*max({names})")).unwrap();
    assert!(found.starts_with("max(y0, y1, y2, "), "{found}");
}

#[test]
fn many_conditions_are_answered() {
    let cases = listed(2_000, |k| format!("x < {k}, {k}*x"), ", ");
    let found = diff(&format!("piecewise({cases})")).unwrap();
    assert!(found.starts_with("piecewise(x < 0, 0, x < 1, 1, x < 2, 2"), "{found}");
}

#[test]
fn many_answers_are_answered() {
    let program = listed(10_000, |k| format!("a{k} = x + {k}"), "; ");
    let mut engine = Engine::default();
    let formula = engine.read(&program, &Settings::default()).unwrap();
    let found = engine.partials(&formula, &["x".to_owned()], 1, Form::Auto).unwrap();
    assert_eq!(found.partials[0].values.len(), 10_000);
    assert!(found.checked);
    assert_eq!(engine.forms(&formula, Form::Auto).unwrap().len(), 10_000);
    let rule = engine.chain_rule(&formula, &["x".to_owned()], Form::Auto).unwrap();
    assert!(rule.is_some_and(|rule| rule.checked));
}

#[test]
fn the_laplacian_of_many_squares_is_answered() {
    let squares = listed(5_000, |k| format!("x{k}^2"), " + ");
    let mut engine = Engine::default();
    let formula = engine.read(&squares, &Settings::default()).unwrap();
    let wrt = engine.variables(&formula.roots);
    let found = engine.laplacian(&formula, &wrt, &SYSTEMS[0], Form::Auto).unwrap();
    let text = print::write(&engine.pool, found.value[0], Notation::Text).unwrap();
    assert_eq!((&text[..], found.checked), ("10000", true));
}

#[test]
fn names_of_any_length_are_read_in_one_pass() {
    for part in ["x_", "x_1", "x__", "x.T", "log_"] {
        let said =
            diff(&part.repeat(100_000)).map_or_else(|e| e.to_string(), |_| String::new());
        assert!(said.len() < 300, "{part}: {said}");
    }
}

#[test]
fn very_many_exponents_and_second_derivatives_are_a_limit() {
    let mut engine = Engine::default();
    let mut taylor = |text: &str| {
        let formula = engine.read(text, &Settings::default())?;
        let wrt = engine.variables(&formula.roots);
        engine.taylor(&formula, &wrt, &Vec::new(), 3).map(|found| found.len().to_string())
    };
    let squares = |count, between| listed(count, |k| format!("x{k}^2"), between);
    assert_eq!(taylor(&format!("[{}]", squares(200, ", "))).unwrap(), "200");
    assert_eq!(taylor(&squares(500, " + ")).unwrap(), "1");
    assert_eq!(kind(taylor(&squares(2_000, " + "))), "over_limit");
    let formula = engine.read(&squares(1_000, " + "), &Settings::default()).unwrap();
    let wrt = engine.variables(&formula.roots);
    assert!(SecondDerivatives::must_fit(wrt.len()).is_err());
    let found = engine.second_derivatives(&formula, &wrt, Form::Auto, false).unwrap();
    assert_eq!(found.entries.len(), 1_000);
}

#[test]
fn bars_are_brackets() {
    assert_eq!(kind(diff(&"|".repeat(600_000))), "too_deep");
    assert_eq!(kind(diff(&format!("{0}x{0}", "|".repeat(300_000)))), "too_deep");
    assert_eq!(diff(&format!("{0}x{0}", "|".repeat(1_000))).unwrap(), "sign(x)");
    let sum = listed(10_000, |_| "|x|".to_owned(), " + ");
    assert_eq!(diff(&sum).unwrap(), "10000*sign(x)");
}

#[test]
fn very_many_names_are_asked_for() {
    // Each may be a product, and each factor a name that is asked for.
    let sum = listed(20_000, |k| format!("c{k}*w{k}q{k}"), " + ");
    let asked: Vec<String> = (0..20_000).map(|k| format!("w{k}q{k}")).collect();
    let mut engine = Engine::default();
    let formula = engine.read_asking(&sum, &Settings::default(), &asked).unwrap();
    assert!(asked.iter().all(|name| formula.has_name(name)));
    let formula = engine.read_asking(&sum, &Settings::default(), &[]).unwrap();
    assert_eq!(engine.variables(&formula.roots).len(), 40_000);
}

#[test]
fn derivations_in_very_many_names_are_refused_before_the_first() {
    let products = listed(4_000, |k| format!("x{k}*x{}", k + 1), " + ");
    let mut engine = Engine::default();
    let formula = engine.read(&products, &Settings::default()).unwrap();
    let found = engine.must_afford(&formula, 4_001).map_err(|error| error.kind.id());
    assert_eq!(found, Err("too_much_work"));
}

#[test]
fn towers_of_exponents_are_laid_out_once() {
    let tower = format!("{}x{}", "e^{".repeat(40), "}".repeat(40));
    for notation in &print::TYPESET {
        let found = notation.latex(&tower, 80).unwrap();
        assert!(!found.is_empty(), "{}", notation.name);
    }
}

/// An engine with so much work for each question.
fn with_work(work: u64) -> Engine {
    let mut engine = Engine::default();
    engine.pool.limit(Limits { work, ..Limits::default() });
    engine
}

#[test]
fn the_search_for_critical_points_is_paid_for() {
    let roots = format!("{}x{}", "sqrt(1 + ".repeat(40), ")".repeat(40));
    let greatest = format!("max({})", listed(60, |k| format!("(x - {k})^2"), ", "));
    for text in [roots, greatest] {
        let mut engine = with_work(300_000);
        let formula = engine.read(&text, &Settings::default()).unwrap();
        let found = engine.critical(&formula, &["x".to_owned()]);
        assert_eq!(found.expect_err("a limit").kind.id(), "too_much_work", "{text}");
        // The next question has all that there is again.
        let formula = engine.read("x^2 - 2*x", &Settings::default()).unwrap();
        let found = engine.critical(&formula, &["x".to_owned()]).unwrap();
        assert_eq!(found.points.len(), 1);
    }
}

#[test]
fn values_of_long_chains_are_paid_for() {
    let program = listed(120, |k| format!("a{} = sin(a{k})", k + 1), "; ");
    let point = vec![("x".to_owned(), "1".to_owned())];
    let mut engine = with_work(1_000_000);
    let text = format!("{program}; a0 = x; a120");
    let formula = engine.read(&text, &Settings::default()).unwrap();
    let rule = engine.chain_rule(&formula, &["x".to_owned()], Form::Auto).unwrap();
    let found = engine.computational_graph(&rule.unwrap(), &point, None);
    assert_eq!(found.expect_err("a limit").kind.id(), "too_much_work");
}

#[test]
fn many_poles_are_drawn() {
    let poles = listed(256, |k| format!("1/(x - {k})"), " + ");
    let mut engine = Engine::default();
    let formula = engine.read(&poles, &Settings::default()).unwrap();
    let show = Show::Functions(vec![formula]);
    let view = View { size: (640.0, 480.0), ..View::default() };
    engine.picture(&show, &view).unwrap();
}

#[test]
fn a_long_picture_of_a_plane_is_paid_for() {
    let long = listed(2_000, |k| format!("sin({k}*x + y)"), " + ");
    let mut engine = Engine::default();
    let formula = engine.read(&long, &Settings::default()).unwrap();
    let view = View { size: (640.0, 480.0), ..View::default() };
    let found = engine.picture(&Show::Functions(vec![formula]), &view);
    assert_eq!(found.expect_err("a limit").kind.id(), "too_much_work");
}

#[test]
fn polynomials_with_long_coefficients_are_refused() {
    let mut engine = Engine::default();
    let formula = engine.read("x!!", &Settings::default()).unwrap();
    let point = vec![("x".to_owned(), "0".to_owned())];
    let found = engine.taylor(&formula, &["x".to_owned()], &point, 20);
    assert_eq!(kind(found.map(|_| String::new())), "output_too_long");
}

#[test]
fn directions_of_long_gradients_are_as_short_as_their_parts() {
    let names = listed(40, |k| format!("x{k}"), ", ");
    let mut engine = with_work(2_000_000);
    let formula = engine.read(&format!("max({names})"), &Settings::default()).unwrap();
    let wrt = engine.variables(&formula.roots);
    let first = engine.partials(&formula, &wrt, 1, Form::Auto).unwrap().partials;
    let gradient: Vec<_> = first.iter().map(|row| row.values[0]).collect();
    let before = engine.pool.len();
    let found = engine.steepest(&gradient).unwrap();
    assert_eq!((found.ascent.len(), found.descent.len()), (40, 40));
    let made = engine.pool.len() - before;
    assert!(made < 40 * 40, "{made}");
}

#[test]
fn a_step_of_a_high_order_takes_no_more_than_all_may() {
    let mut engine = Engine::default();
    let formula = engine.read("atan2(y, x)", &Settings::default()).unwrap();
    let found = engine.partials(&formula, &["x".to_owned()], 70, Form::Auto);
    assert_eq!(found.map(|_| ()).expect_err("a limit").kind.id(), "too_much_work");
    let made = engine.pool.work();
    assert!(made <= MAX_WORK + MAX_WORK / 8, "{made}");
}

#[test]
fn values_of_programs_are_as_short_as_their_parts() {
    let layer = |k: usize| format!("f{k} = relu(w{k}*f{} + f{})", k + 1, k + 2);
    let program = format!("{}; f20 = x; f21 = 1", listed(20, layer, "; "));
    for words in [
        &["diff", "--at", "x=1"][..],
        &["diff", "--at", "x=1", "--wrt", "x"],
        &["graph", "--at", "x=1"],
        &["differential"],
    ] {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let found = console::run(&words, program.as_bytes());
        assert_eq!(found.status.code(), Some(0), "{words:?}");
        assert!(found.stdout.len() < 40_000, "{words:?}: {}", found.stdout.len());
    }
}

#[test]
fn lines_with_brackets_that_stay_open_are_each_looked_at_once() {
    let lines = "(\n".repeat(300) + "x^2\n" + &"(\n) + (\n".repeat(300) + ":names\nx^3\n";
    let found = console::run(&["repl".to_owned()], lines.as_bytes());
    assert_eq!(String::from_utf8_lossy(&found.stdout), "df/dx = 2*x\ndf/dx = 3*x^2\n");
}

/// What a command says of a long input, and how it ends.
fn ended(words: &[&str], input: &str) -> (Option<i32>, String) {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let found = console::run(&words, input.as_bytes());
    let said = [found.stdout, found.stderr].concat();
    (found.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn commands_of_a_document_that_are_not_closed_are_each_looked_at_once() {
    let open = "\\calcgrad{x^2 ".repeat(200_000);
    assert_eq!(ended(&["filter"], &open), (Some(0), open.clone()));
    let nested = "\\calcgrad{diff}{x^2 \\calcgrad{diff}{x^3}";
    let (_, said) = ended(&["filter"], nested);
    assert!(said.starts_with("\\calcgrad{diff}{x^2 \\frac{df}{dx} = 3 x^2"), "{said}");
}

#[test]
fn too_many_equations_are_refused_before_they_are_read() {
    let equations = listed(30_000, |k| format!("a{k} = x + {k}"), "; ");
    let (code, said) = ended(&["implicit"], &equations);
    assert_eq!(code, Some(4));
    assert!(said.contains("the number of equations is limited to 8"), "{said}");
}

#[test]
fn vectors_of_many_components_are_compared() {
    let vector = |part: fn(usize) -> String| format!("[{}]", listed(2_000, part, ", "));
    let mut engine = Engine::default();
    let sides = [vector(|k| format!("x + {k}")), vector(|k| format!("{k} + x"))]
        .map(|text| engine.read(&text, &Settings::default()).unwrap());
    let found = engine.equal(&sides[0], &sides[1]).unwrap();
    assert!(found.decision.verdict.is_equal());
    assert_eq!(found.components.len(), 2_000);
}

#[test]
fn forms_that_use_others_often_are_sorted_by_short_texts() {
    let nested = format!("{}x{}", "softmax(".repeat(24), ")".repeat(24));
    let (code, said) = ended(&["taylor", "--given", "x[m]"], &nested);
    assert_eq!(code, Some(4), "{said}");
}

#[test]
fn values_at_points_of_many_coordinates_are_read_once() {
    const COUNT: usize = 100;
    let squares = listed(COUNT, |k| format!("x{k}^2"), " + ");
    let point = listed(COUNT, |k| format!("x{k}=1/2"), ",");
    let norm = format!("sqrt(1 + {squares})");
    let (code, said) = ended(&["diff", "--at", &point, "--bare"], &norm);
    assert_eq!((code, said.lines().count()), (Some(0), COUNT), "{said}");
    assert!(said.starts_with("1/2/sqrt(26)") || said.contains("sqrt(26)"), "{said}");
    let (code, said) = ended(&["verify", "--at", &point, "--rows", "1"], &norm);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn coefficients_that_are_alike_are_settled_once() {
    let squares = listed(40, |k| format!("x{k}^2"), " + ");
    let point = listed(40, |k| format!("x{k}=1"), ",");
    let words = ["taylor", "--order", "3", "--at", &point, "--bare"];
    let (code, said) = ended(&words, &format!("sqrt({squares})"));
    assert_eq!(code, Some(0), "{}", &said[..said.len().min(300)]);
}

#[test]
fn own_functions_are_counted_by_the_length_of_their_values() {
    let calls = listed(299, |k| format!("g{}(t) = g{k}(t) + g{k}(t^2)", k + 1), "; ");
    let (code, said) = ended(&["read"], &format!("f = g299(x); g0(t) = t^2; {calls}"));
    assert_eq!(code, Some(4));
    assert!(said.contains("expanding own functions takes more than"), "{said}");
}

#[test]
fn a_graph_of_many_variables_is_as_long_as_its_edges() {
    let squares = listed(1_500, |k| format!("x{k}^2"), " + ");
    let (code, said) = ended(&["graph", "--json"], &squares);
    assert_eq!(code, Some(0), "{}", &said[..said.len().min(300)]);
}

#[test]
fn entries_that_are_alike_are_written_as_code_once() {
    let entry = |k: usize| format!("x{k}*x{}", (k + 1) % 150);
    let vector = format!("[{}]", listed(150, entry, ", "));
    for format in ["python", "c"] {
        let (code, said) = ended(&["jacobian", "--format", format], &vector);
        assert_eq!(code, Some(0), "{}", &said[..said.len().min(300)]);
        assert!(said.contains("x149"), "{format}");
    }
}

/// How often values of second derivatives at a point ask the pool, in thousands.
fn work_at(text: &str, count: usize) -> Result<u64> {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default())?;
    let names: Vec<String> = (0..count).map(|k| format!("x{k}")).collect();
    let point = names.iter().map(|name| (name.clone(), "1/2".to_owned())).collect();
    let second = engine.second_derivatives(&formula, &names, Form::Auto, false)?;
    let matrix = second.without_parts(&mut engine).matrix(count)?;
    let values = engine.plain_values_at(&formula, 0, matrix.entries(), &point)?;
    assert_eq!(values.map(|values| values.len()), Some(count * count));
    Ok(engine.pool.work() / 1000)
}

#[test]
fn second_derivatives_at_a_point_cost_what_there_are() {
    let logsumexp =
        |count| format!("ln({})", listed(count, |k| format!("e^x{k}"), " + "));
    let [few, many] = [40, 80].map(|count| work_at(&logsumexp(count), count).unwrap());
    assert!(many < 6 * few, "{few} and {many}");
}

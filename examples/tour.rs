//! A tour of the library: what the front page of its documentation shows.

use calcgrad::Session;

fn main() -> calcgrad::Result<()> {
    let session = Session::new();
    let f = session.parse("x^2*y + sin(x*y)")?;

    // Derivatives are exact, simplified, and checked by an independent path.
    assert_eq!(f.diff("x")?.to_string(), "y*(2*x + cos(x*y))");
    assert_eq!(f.diff("y")?.latex()?, r"x (x + \cos(x y))");

    let gradient = f.gradient(&["x", "y"])?;
    assert_eq!(gradient.len(), 2);

    // Expressions combine with the usual operators; equal ones are the same handle.
    let (x, y) = (session.symbol("x")?, session.symbol("y")?);
    assert_eq!(x * y + y * x, session.integer(2) * x * y);

    // Values are exact where they can be.
    assert_eq!(f.eval("x=1/2, y=pi")?.to_string(), "pi/4 + 1");
    assert!((f.eval("x=1, y=2")?.to_f64() - 2.909_297_426_825_68).abs() < 1e-12);
    Ok(())
}

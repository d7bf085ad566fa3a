//! Formulas as they stand in textbooks of calculus, physics and deep learning.

/// The fixed set over which the stages are measured.
#[rustfmt::skip]
pub(crate) const TEXTBOOK: [&str; 32] = [
    "3*x^4 - 4*x^3 - 12*x^2 + 5",
    "x1^3 + 2*x1^2*x2",
    "(2*x + 1)^5*(x^3 - x + 1)^4",
    "(x^2 + x - 2)/(x^3 + 6)",
    "sqrt(x^2 + 1)/x",
    "1/(x^2 + y^2 + z^2)^(1/2)",
    "sin(x)^2*cos(x)",
    "tan(x/y)",
    "e^(-x^2)*sin(2*x)",
    "x^2*e^(-3*x)",
    "ln(x^2 + 1)",
    "ln((x - a)/(x + a))",
    "x^x",
    "x^(sin(x))",
    "arctan(y/x)",
    "arcsin(sqrt(1 - x^2))",
    "cosh(x)^2 - sinh(x)^2",
    "abs(x^2 - 4)",
    "x*y*z*e^(x*y*z)",
    "x*ln(y) + y*ln(x)",
    // Physics.
    "G*m1*m2/((x1 - x2)^2 + (y1 - y2)^2)",
    "m*c^2/sqrt(1 - v^2/c^2)",
    "A*e^(-b*t)*cos(w*t + p)",
    "8*pi*h*n^3/(c^3*(e^(h*n/(k*T)) - 1))",
    "4*d*((s/r)^12 - (s/r)^6)",
    "n*R*T/(V - n*b) - a*n^2/V^2",
    "e^(-(x - m)^2/(2*s^2))/(s*sqrt(2*pi))",
    // Deep learning.
    "1/(1 + e^(-(w1*x1 + w2*x2 + b)))",
    "ln(e^x + e^y + e^z)",
    "-(y*ln(p) + (1 - y)*ln(1 - p))",
    "tanh(w*x + b)^2/2",
    "(1 - x)^2 + 100*(y - x^2)^2",
];

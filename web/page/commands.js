// What can be asked of a formula: each command with what it takes besides the formula. The names
// are those of `calcgrad help`; a test compares them.

/** @type {Record<string, string[]>} */
export const COMMANDS = {
  diff: ["wrt", "order", "at", "steps"],
  gradient: ["wrt", "at", "steps"],
  jacobian: ["wrt", "at", "steps"],
  hessian: ["wrt", "at", "steps"],
  taylor: ["wrt", "order", "at", "steps"],
  implicit: ["wrt", "of", "order", "at", "steps"],
  critical: ["wrt", "steps"],
  descend: ["from"],
  directional: ["along", "at", "steps"],
  differential: ["wrt", "at", "steps"],
  laplacian: ["wrt", "at"],
  divergence: ["wrt", "at"],
  curl: ["wrt", "at"],
  verify: ["wrt", "at"],
  eval: ["at"],
  simplify: ["steps"],
  expand: ["steps"],
  factor: ["steps"],
};

/** The notations of an answer that stand below it, each with the field of the record. */
export const NOTATIONS = ["text", "latex", "unicode", "typst", "asciimath", "mathml"];

/** The languages in which answers are written as code. */
export const LANGUAGES = [
  ["python", "Python (NumPy)"],
  ["pytorch", "PyTorch"],
  ["jax", "JAX"],
  ["julia", "Julia"],
  ["matlab", "MATLAB"],
  ["c", "C"],
  ["rust", "Rust"],
  ["javascript", "JavaScript"],
  ["fortran", "Fortran"],
  ["sympy", "SymPy"],
  ["mathematica", "Mathematica"],
  ["maxima", "Maxima"],
];

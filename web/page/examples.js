// Formulas to start from; most are those of lecture notes on calculus of several variables and
// of matrices. Each is a state, with the id of its title; a test reads them all.

export const EXAMPLES = [
  { title: "example_partials", expr: "x_1^3 + 2 x_1^2 x_2" },
  { title: "example_product", expr: "x^2\\sin(3x)", tab: "steps" },
  { title: "example_quotient", expr: "\\frac{\\sin x}{\\sqrt{x+1}}", tab: "steps" },
  { title: "example_logarithmic", expr: "x^x", tab: "steps" },
  { title: "example_logsumexp", expr: "\\ln(e^x+e^y)", command: "gradient", at: "x=0, y=ln(2)" },
  { title: "example_chain", input: "text", expr: "f = x^3*y\nx = sin(t)\ny = cos(t)", tab: "steps" },
  { title: "example_backward", input: "text", expr: "L = (y - s)^2\ns = sigmoid(z)\nz = w*x + b", wrt: "w,b", tab: "steps" },
  { title: "example_graph", input: "text", expr: "f = u*v\nu = x + y\nv = x*y", at: "x=1, y=2", tab: "graph" },
  { title: "example_extrema", expr: "3x^4-4x^3-12x^2", command: "critical" },
  { title: "example_picture", expr: "\\frac{x^2+1}{x-1}", tab: "picture", slope: "1" },
  { title: "example_surface", expr: "x e^{-x^2-y^2}", command: "hessian" },
  { title: "example_contours", expr: "x e^{-x^2-y^2}", tab: "picture" },
  { title: "example_taylor", expr: "\\sin x", command: "taylor", order: "5" },
  { title: "example_tangent_plane", expr: "\\ln(e^x+e^y)", command: "taylor", order: "1", at: "x=0, y=ln(2)" },
  { title: "example_implicit", expr: "x^2+y^2=25", command: "implicit", wrt: "x", of: "y", at: "x=3, y=4", tab: "steps" },
  { title: "example_jacobian", input: "text", expr: "[r*cos(t), r*sin(t)]", command: "jacobian", wrt: "r,t" },
  { title: "example_quadratic_form", input: "text", expr: "x'*A*x", given: "A[n,n], x[n]", wrt: "x" },
  { title: "example_least_squares", expr: "\\lVert Aw-y\\rVert^2", given: "A[m,n], w[n], y[m]", wrt: "w" },
  { title: "example_layer", input: "text", expr: "s = u'*h\nh = tanh(z)\nz = W*x + b", given: "u[m], W[m,n], x[n], b[m]", wrt: "W" },
  { title: "example_check", expr: "x e^x", tab: "check", mine: "e^x" },
  { title: "example_lines", expr: "x e^x", tab: "check", mine: "f' = x'*e^x + x*(e^x)'\n= e^x + x*e^(x-1)", lines: "1" },
];

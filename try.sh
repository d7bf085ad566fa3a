T=/tmp/team/series/target/debug/examples/scratch_series
r() { echo "## $*"; timeout 20 $T "$@"; }
r "ln(e^x+e^y)" "x=0,y=ln(2)" 1
r "ln(e^x+e^y)" "x=0,y=ln(2)" 2
r "x*e^(-x^2-y^2)" "x=-1,y=0" 2
r "a + b1*x1 + b2*x2 + c11*x1^2 + c12*x1*x2 + c22*x2^2" "x1=0,x2=0" 2 x1,x2
r "sin(x)" "" 5
r "cos(x)" "" 6
r "e^x" "" 4
r "sin(x)/x" "" 6
r "(e^x-1)/x" "" 4
r "(1-cos(x))/x^2" "" 4
r "1/x - 1/sin(x)" "" 5
r "1/x" "" 3
r "ln(x)" "" 3
r "sqrt(x)" "" 3
r "abs(x)" "" 3
r "abs(x)" "x=2" 3
r "ln(x)" "x=1" 5
r "sqrt(1+x)" "" 5
r "sin(x)" "x=pi/4" 3
r "tan(x)" "" 9
r "tan(x)" "x=a" 4
r "sin(x)" "x=a" 3
r "f(x)" "x=a" 3
r "f(x,y)" "x=a,y=b" 2 x,y
r "gamma(x)" "x=1" 3
r "besselj(0,x)" "" 6
r "erf(x)" "" 7
r "Si(x)" "" 7
r "ellipticK(x)" "" 3
r "x^x" "x=1" 4
r "arctan(x)" "x=1" 4
r "arcsin(x)" "x=1" 2
r "sin(x*y)/(x*y)" "" 6
r "(x^2-y^2)/(x-y)" "" 3
r "x*y/(x^2+y^2)" "" 3
r "piecewise(x<0,-x,x^2)" "x=1" 3
r "piecewise(x<0,-x,x^2)" "" 3
r "sin(e^x)" "" 5
r "e^(x*sin(y))" "" 5
r "sigmoid(x)" "" 5
r "floor(x)" "x=1/2" 2
r "floor(x)" "x=1" 2
r "x^n" "x=1" 4 x
r "(1+x)^(1/3)" "" 4
r "e^x" "x=ln(2)" 3
r "x^5" "x=1" 3
r "x^5" "x=1" 5
r "ln(cos(x))" "" 6
r "ln(cos(x))" "x=pi" 3
r "sqrt(x^2+y^2)" "x=3,y=4" 2
r "sqrt(x^2+y^2)" "x=a,y=b" 2 x,y
r "1/(1-x)" "x=1" 2
r "zeta(x)" "x=2" 2
r "0*x+3" "x=2" 2 x
r "[x^2, sin(x)]" "" 3
r "lambertw(x)" "" 5
r "x/(e^x-1)" "" 8

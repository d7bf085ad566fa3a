T=/tmp/team/series/target/debug/examples/scratch_series
r() { echo "## $*"; timeout 20 $T "$@"; }
r "sin(x)" "x=pi/4" 3
r "tan(x)" "x=a" 4
r "sin(x)" "x=a" 3
r "f(x)" "x=a" 3
r "f(x,y)" "x=a,y=b" 2 x,y
r "f(g(x))" "x=a" 3
r "besselj(0,x)" "" 6
r "besselj(2,x)" "" 8
r "arctan(x)" "x=1" 4
r "sin(e^x)" "" 5
r "sqrt(x^2+y^2)" "x=a,y=b" 2 x,y
r "lambertw(x)" "" 5
r "x*e^(-x^2-y^2)" "x=-1,y=0" 2
r "(x^2-y^2)/(x-y)" "" 3
r "e^(-x)" "x=1" 1
r "ln(x)" "x=2" 3
r "sin(a*x)" "" 5 x
r "e^(a*x+b*y)" "" 2 x,y
r "polylog(2,x)" "" 4
r "airyai(x)" "" 4
r "gamma(x)" "" 3
r "x*gamma(x)" "" 3
r "mish(x)" "" 3
r "gelu(x)" "" 4
r "max(x,y)" "x=2,y=1" 2
r "max(x,y)" "" 2
r "sin(x)/(x-pi)" "x=pi" 4
r "cot(x) - 1/x" "" 6
r "(sqrt(1+x)-1)/x" "" 3
r "cbrt(x)" "x=8" 3
r "hypot(x,y)" "x=3,y=4" 2
r "(x+1)^1000000" "" 3
r "x^1000000" "" 3
r "1/x^3 - 1/x^3" "" 3
r "e^(1/x)" "" 3
r "x*ln(x)" "" 3
r "sin(x)" "x=10^30" 3
r "2^x" "" 3
r "x!" "x=2" 2

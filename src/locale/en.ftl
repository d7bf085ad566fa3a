# The sentences of derivations in English. The ids never change.

## Rules of calculus
sum = sum rule
constant_multiple = constant factor
product = product rule
quotient = quotient rule
reciprocal = (1/v)' = -v'/v^2 with v = { $v }
power = power rule
exponential = (e^x)' = e^x
exponential_base = (a^x)' = a^x*ln(a)
general_power = { $power } = e^({ $inner }), chain rule
chain = chain rule, inner { $inner }
chain_unit = chain rule, inner w = { $inner }, w' = { $derivative }
chain_several = chain rule, one term for each argument
function = derivative of the function
function_table = ({ $function })' = { $derivative }
piecewise = each branch inside its condition

## Logarithmic differentiation
logarithm = logarithm of both sides
chain_left = chain rule on the left
times = times { $name } = { $power }

## The last lines
put_in = put in
taken_out = { $factor } taken out
divided = divided term by term
one_fraction = over one denominator
multiplied_out = multiplied out
collected = like terms collected
simplified = simplified

## Values
at_point = at { $point }
missing = does not exist
missing_sides = does not exist (left { $left }, right { $right })

## The chain rule through names
path = path { $paths }
paths = paths { $paths }
locals = { $locals }

## Implicit differentiation
both_sides = d/d{ $variable } of both sides; { $unknowns } depends on { $variable }
both_sides_many = d/d{ $variable } of both sides; { $unknowns } depend on { $variable }
solved = solved for { $unknown }
put_value = { $name } = { $value } put in
equation = { $left } = { $right }

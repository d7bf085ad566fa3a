# The sentences of derivations in English. The ids never change.

## Rules of calculus
sum = sum rule
constant_multiple = constant factor
product = product rule
quotient = quotient rule
reciprocal = { $rule }, { $inner }
power = power rule
exponential = { $equation }
general_power = { $power } = { $exponential }, chain rule
chain = chain rule, inner { $inner }
chain_unit = chain rule, inner { $inner }, { $derivative }
chain_several = chain rule, one term for each argument
function = derivative of the function
function_table = { $equation }
piecewise = each branch inside its condition

## Logarithmic differentiation
logarithm = logarithm of both sides
chain_left = chain rule on the left
times = times { $equation }

## The last lines
put_in = put in
taken_out = { $factor } taken out
divided = divided term by term
divided_by_fraction = dividing by a fraction is multiplying by its reciprocal
one_fraction = over one denominator
reduced = the fraction reduced
rearranged = rearranged
multiplied_out = multiplied out
collected = like terms collected
cancelled = { $factor } cancelled
exponents_added = exponents of { $base } added
identity = { $equation }
factored = factored
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
both_sides = { $operator } of both sides; { $unknowns } depends on { $variables }
both_sides_many = { $operator } of both sides; { $unknowns } depend on { $variables }
unknown_collected = terms with { $unknown } on the left
solved = solved for { $unknown }
put_value = { $equation } put in
equation = { $equation }

## Series, critical points, vectors
known_series = known series
geometric_series = geometric series
series_divided = divided by { $factor }
series_times = times { $factor }
taylor_arithmetic = by the arithmetic of known series
taylor_table = Taylor's formula
set_to_zero = set to 0
directional = { $equation }
total_differential = sum of the partial derivatives times the differentials
hessian_symmetric = the mixed derivatives are equal
except = except where { $where }

## Matrices
shapes = { $shapes }
fixed = { $names } fixed
symmetric = { $rule }
orthogonal = { $rule }
trace = { $rule }
sum_of_entries = { $rule }
norm_square = { $rule }
norm_square_row = { $rule }
norm_square_matrix = { $rule }
norm = { $rule }
norm_row = { $rule }
norm_matrix = { $rule }
norm_absolute = { $rule }
determinant = { $rule }
log_determinant = { $rule }
inverse_matrix = { $rule }
softmax = { $rule }
log_sum_exp = { $rule }
greatest_entry = { $rule }
least_entry = { $rule }
product_of_entries = { $rule }
mean_of_entries = { $rule }
linear_function = { $rule }
norm_p = { $rule }
norm_nuclear = { $rule }
singular_value = { $rule }
eigenvalue = { $rule }
adjugate = { $rule }
matrix_exponential = { $rule }
trace_transposed = { $rule }
trace_cyclic = { $rule }
number_transposed = a number is its own transpose
number_trace = a number is its own trace
number_moved = a number stands anywhere in a product
entries_moved = { $rule }
entries_moved_matrix = { $rule }
sum_of_products = { $rule }
sum_of_products_matrix = { $rule }
sum_by_ones = { $rule }
sum_by_ones_matrix = { $rule }
entry_of_column = { $rule }
entry_of_matrix = { $rule }
stacked_product = { $rule }
entries_diagonal = { $rule }
independent = { $function } does not depend on { $variable }
by_entries = entry by entry
by_gradient = by the definition of the gradient
entry = the entry for { $name }

## Explanations of mistakes
mistake_in_order = { $order } derivative: { $text }
mistake_rounded = the decimals are rounded; the exact answer is { $answer }
mistake_brackets = brackets are missing; { $answer } would be right
mistake_in_brackets = brackets are missing, as in { $answer }; and { $text }
mistake_or = or { $text }
order_1 = first
order_2 = second
order_3 = third
order_4 = fourth
order_5 = fifth
order_6 = sixth
names_put_in = the names put in
remark = { $text }
long = the derivation would be too long to read
between = {"; "}

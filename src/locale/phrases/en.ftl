# What is said in English of verdicts, flags, notes and errors. Other languages find a sentence
# by the words between its parts, so these stand as they are written where they are said.

## Verdicts
verdict_equal = equal
verdict_equal_on_domain = equal-on-domain
verdict_probably_equal = probably-equal
verdict_different = different
verdict_wrong_shape = wrong-shape
verdict_undecided = undecided
proved_powers = proved: but for powers and factors that are zero nowhere, one equation is a multiple of the other
proved_expanding = proved by expanding both
agrees_at_points = agrees at { $points } points to { $digits } digits; no proof was found
agree_instances = the values agree at { $n } random instances; no proof was found
complex_differs = { $remark }; over the complex numbers, at { $place } the first is { $left } and the second is { $right }
complex_constant = { $remark }; over the complex numbers, the first is { $left } and the second is { $right }
instance = at a random instance the derivative is { $left } and the answer has { $right }
different_entry = at { $place } entry { $entry } of the derivative is { $left } and the answer has { $right }
different_array = at { $place } the derivative is { $left } and the answer has { $right }
first_nowhere = the first has no value at any of { $n } random instances
second_nowhere = the second has no value at any of { $n } random instances
times_derivative = the answer is { $n } times the derivative
no_real_value = there is no real value
different_gap = at { $place } the derivative is { $left } and the answer is { $right }; they differ by { $gap }
different_else = at { $place } the derivative is { $left } and the answer is { $right }; elsewhere they agree
different_at = at { $place } the derivative is { $left } and the answer is { $right }
different_missing = at { $place } the derivative { $left } and the answer is { $right }
different_constant = the derivative is { $left } and the answer is { $right }
differs_gap = at { $place } the first is { $left } and the second is { $right }; they differ by { $gap }
differs_entry = at { $place } entry { $entry } of the first is { $left } and the second is { $right }
differs_at = at { $place } the first is { $left } and the second is { $right }
differs_constant = the first is { $left } and the second is { $right }
on_domain = for { $condition } ({ $known })
proved_images = proved: equal in { $n } images of the normal form
proved_same = proved: the same expression
proved_short = proved: the same shortest form
proved_difference = proved: the difference is 0
proved_except = proved, but for where { $part } is 0
proved_equation = proved with the equation
proved_each = proved: each equation holds where the other does
proved_multiple = proved: one equation is a multiple of the other
agrees_points = agrees at { $points } points of the curve
agrees_digits = agrees to { $digits } digits; no proof was found
agrees_decimals = within the tolerance { $tolerance }
neither = neither proved nor refuted
tried = hundreds of points were tried
one_side = it stands on one side only
no_point = no real point was found at which both are defined
too_few = too few points were found at which both are defined
other_order = the components are right, but in another order
missing_component = this component is missing
right_of = { $right } of { $all } components are right
shape = the answer has { $found }, but there { $be } { $expected }
exists_not = does not exist (left { $left }, right { $right })

## Flags
flag_simplified = there is a shorter form
flag_factored = it is not factored
flag_expanded = it is not multiplied out
flag_decimal = a decimal stands in place of an exact number
flag_complex = the imaginary unit stands in a real answer

## Notes
note_every_entry = the scalar is added to every entry
note_rank = the rank of this matrix is { $rank } at most, so its determinant is 0{ $when }
note_off = `{ $name }` is { $word } up to { $off } only
note_compared = each entry is compared with { $n }; `{ $name }` along an axis is not supported
note_stray = `{ $name }` stands in the answer only
note_meant = { $what }; did you mean { $meant }?
note_chain = `{ $text }` is not equal to what stands behind it
note_label = `{ $name } =` is read as a label
note_left_out = `{ $what }` was not asked, and is left out
note_differential = the differential `{ $what }` is left out
note_sentence = the answer is the formula of its sentence, `{ $formula }`
note_together = the answer is put together of { $parts }
note_behind = the answer is what stands behind `{ $words }`
note_last_box = the answer is what the last box holds
note_closed = the bracket `{ $bracket }` is closed at the end
note_one_name = `{ $name }` is one name
note_occurs = `{ $name }` does not occur in the formula, so the derivative is 0

## Errors
error_answer = the answer cannot be read: { $what }
error_found = found `{ $found }` where { $expected } should stand
error_ends = the formula ends where { $expected } should stand
error_unclosed = the bracket `{ $bracket }` is never closed
error_unopened = `{ $bracket }` closes a bracket that was not opened
error_empty = there is no formula
error_function = there is no function `{ $name }`
error_arity = `{ $name }` takes { $expected }, not { $found }
error_argument = the function `{ $name }` has no argument
error_circle = the definitions go in a circle: { $names }
error_twice = `{ $name }` is defined twice
error_zero = division by zero
error_undefined = { $what } is undefined
error_complex = `{ $name }` has no complex derivative
error_untold = digits do not tell whether `{ $name }` is 0
error_untold_real = digits do not tell whether `{ $name }` is taken of real numbers
error_operand = an operand
error_open_derivative = `{ $what }` is still to be differentiated
error_digits = a number has more than { $limit } digits
error_deep = the input is nested more than { $limit } levels deep
error_long = the input is longer than { $limit } bytes
error_missing_answer = the answer is missing
error_at_character = { $what } (at character { $n } of `{ $text }`)

## Lines of a derivation
line_right = right
line_wrong = wrong
line_follows = follows
line_given = given
line_unreadable = unreadable
line_cancels = line { $n } does not follow, but the last line is right: the mistake cancels or is not carried on
line_first = line { $n } is the first that does not follow; { $right } of { $all } lines follow
line_open = nothing can be said of line { $n }
line_one = the one line is right
line_all = all { $all } lines follow
line_other = every line follows, but the last one is not what was asked for
line_why = line { $n } does not follow: { $why }
line_from = it does not follow from line { $n }
line_differs = at { $place } line { $n } is { $left } and this line is { $right }
line_differs_from_right = at { $place } the right value is { $left } and this line is { $right }
line_sides = at { $place } the left side is { $left } and the right side is { $right }
line_slope_before = at { $place }, from line { $n } { $name } would be { $left } and from this line { $right }
line_slope = at { $place }, from this line { $name } would be { $right }; right is { $left }
line_unsaid_prime = it is not said what `{ $name }` in `{ $prime }` is
line_unsaid = it is not said what `{ $name }` is
line_unused = nothing else is said of `{ $name }`
line_unproved = it holds where values were tried, but the two equations are not proved to say the same
line_own_formula = `{ $name }` stands in its own formula
line_not_linear = the equation is not linear in the derivative
grade_one = 1 submission: { $counts }; score { $score } of { $all }
grade_many = { $n } submissions: { $counts }; score { $score } of { $all }
grade_errors = errors
grade_error = error
error_matrix_lines = the lines of an answer to a matrix formula are not judged one by one

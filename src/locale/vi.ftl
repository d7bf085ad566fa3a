# Các câu của lời giải bằng tiếng Việt.

sum = quy tắc tổng
constant_multiple = hằng số nhân
product = quy tắc tích
quotient = quy tắc thương
reciprocal = { $rule }, { $inner }
power = quy tắc luỹ thừa
exponential = { $equation }
general_power = { $power } = { $exponential }, quy tắc chuỗi
chain = quy tắc chuỗi, hàm trong { $inner }
chain_unit = quy tắc chuỗi, hàm trong { $inner }, { $derivative }
chain_several = quy tắc chuỗi, mỗi đối số một số hạng
function = đạo hàm của hàm số
function_table = { $equation }
piecewise = từng nhánh trong điều kiện của nó

logarithm = lấy logarit hai vế
chain_left = quy tắc chuỗi ở vế trái
times = nhân với { $equation }

put_in = thay vào
taken_out = đặt { $factor } làm nhân tử chung
divided = chia từng số hạng
divided_by_fraction = chia cho phân số là nhân với nghịch đảo
one_fraction = quy đồng mẫu số
reduced = rút gọn phân thức
rearranged = sắp xếp lại
multiplied_out = khai triển
collected = gộp các số hạng đồng dạng
cancelled = rút gọn { $factor }
exponents_added = cộng các số mũ của { $base }
identity = { $equation }
factored = phân tích thành nhân tử
simplified = rút gọn

at_point = tại { $point }
missing = không tồn tại
missing_sides = không tồn tại (trái { $left }, phải { $right })

path = đường { $paths }
paths = các đường { $paths }
locals = { $locals }

both_sides = { $operator } hai vế; { $unknowns } phụ thuộc { $variables }
both_sides_many = { $operator } hai vế; { $unknowns } phụ thuộc { $variables }
unknown_collected = chuyển các số hạng chứa { $unknown } về vế trái
solved = giải theo { $unknown }
put_value = thay { $equation }
equation = { $equation }

known_series = chuỗi đã biết
geometric_series = chuỗi hình học
series_divided = chia cho { $factor }
series_times = nhân với { $factor }
taylor_arithmetic = bằng các phép tính trên chuỗi đã biết
taylor_table = công thức Taylor
set_to_zero = cho bằng 0
directional = { $equation }
total_differential = tổng các đạo hàm riêng nhân với vi phân
hessian_symmetric = các đạo hàm hỗn hợp bằng nhau
except = trừ tại { $where }

shapes = { $shapes }
fixed = coi { $names } là hằng
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
trace_transposed = { $rule }
trace_cyclic = { $rule }
number_transposed = một số bằng chuyển vị của chính nó
number_trace = một số bằng vết của chính nó
number_moved = một số đứng ở đâu trong tích cũng được
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
independent = { $function } không phụ thuộc { $variable }
by_entries = theo từng phần tử
by_gradient = theo định nghĩa của gradient
entry = phần tử ứng với { $name }

mistake_in_order = đạo hàm { $order }: { $text }
mistake_rounded = các số thập phân đã được làm tròn; câu trả lời chính xác là { $answer }
mistake_brackets = thiếu dấu ngoặc; { $answer } mới là đúng
mistake_in_brackets = thiếu dấu ngoặc, như trong { $answer }; và { $text }
mistake_or = hoặc { $text }
order_1 = cấp một
order_2 = cấp hai
order_3 = cấp ba
order_4 = cấp bốn
order_5 = cấp năm
order_6 = cấp sáu
names_put_in = thay các tên vào
remark = { $text }
long = lời giải sẽ quá dài để đọc
between = {"; "}

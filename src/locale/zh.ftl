# 推导过程的中文句子。

sum = 加法法则
constant_multiple = 常数因子
product = 乘法法则
quotient = 商的求导法则
reciprocal = { $rule }，{ $inner }
power = 幂法则
exponential = { $equation }
general_power = { $power } = { $exponential }，链式法则
chain = 链式法则，内层函数 { $inner }
chain_unit = 链式法则，内层 { $inner }，{ $derivative }
chain_several = 链式法则，每个自变量一项
function = 函数的导数
function_table = { $equation }
piecewise = 各分段在其条件内分别求导

logarithm = 两边取对数
chain_left = 左边用链式法则
times = 乘以 { $equation }

put_in = 代入
taken_out = 提取公因式 { $factor }
divided = 逐项相除
divided_by_fraction = 除以分数等于乘以其倒数
one_fraction = 通分
reduced = 约分
rearranged = 整理
multiplied_out = 展开
collected = 合并同类项
cancelled = 约去 { $factor }
exponents_added = { $base } 的指数相加
identity = { $equation }
factored = 因式分解
simplified = 化简

at_point = 在 { $point } 处
missing = 不存在
missing_sides = 不存在（左 { $left }，右 { $right }）

path = 路径 { $paths }
paths = 路径 { $paths }
locals = { $locals }

both_sides = 两边对 { $variable } 求导；{ $unknowns } 是 { $variables } 的函数
both_sides_many = 两边对 { $variable } 求导；{ $unknowns } 是 { $variables } 的函数
unknown_collected = 把含 { $unknown } 的项移到左边
solved = 解出 { $unknown }
put_value = 代入 { $equation }
equation = { $equation }

known_series = 已知级数
geometric_series = 几何级数
series_divided = 除以 { $factor }
series_times = 乘以 { $factor }
taylor_arithmetic = 由已知级数运算得出
taylor_table = 泰勒公式
set_to_zero = 令其为 0
directional = { $equation }
total_differential = 各偏导数乘以微分之和
hessian_symmetric = 混合偏导数相等
except = 除去 { $where }

shapes = { $shapes }
fixed = { $names } 视为常量
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
number_transposed = 标量等于其转置
number_trace = 标量等于其迹
number_moved = 数在乘积中的位置可以任意
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
independent = { $function } 不依赖于 { $variable }
by_entries = 逐个元素求导
by_gradient = 按梯度的定义
entry = { $name } 对应的元素

mistake_in_order = { $order }导数：{ $text }
mistake_rounded = 小数经过了舍入；精确答案是 { $answer }
mistake_brackets = 缺少括号；{ $answer } 才是正确的
mistake_in_brackets = 缺少括号，应如 { $answer }；并且{ $text }
mistake_or = 或者 { $text }
order_1 = 一阶
order_2 = 二阶
order_3 = 三阶
order_4 = 四阶
order_5 = 五阶
order_6 = 六阶
names_put_in = 代入各名称
remark = { $text }
long = 推导过长，不便阅读
between = ；

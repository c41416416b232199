// Written by training/reference/make_schemas.py from the schemas of ONNX (Apache-2.0); do not edit.

/** The newest opset in the table. */
export const NEWEST_OPSET = 28;

/**
 * One line an operator and version: name, version, least and most inputs and outputs | types of inputs | attributes |
 * what each type variable may be, as bits in the order of `TYPES`.
 */
export const SCHEMAS = `
Abs 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Abs 6 1 1 1 1 | T |  | T=f7f
Abs 13 1 1 1 1 | T |  | T=1f7f
Acos 7 1 1 1 1 | T |  | T=301
Acos 22 1 1 1 1 | T |  | T=1301
Acosh 9 1 1 1 1 | T |  | T=301
Acosh 22 1 1 1 1 | T |  | T=1301
Add 1 2 2 1 1 | T T | axis:int broadcast:int consumed_inputs:ints | T=301
Add 6 2 2 1 1 | T T | axis:int broadcast:int | T=f61
Add 7 2 2 1 1 | T T |  | T=f61
Add 13 2 2 1 1 | T T |  | T=1f61
Add 14 2 2 1 1 | T T |  | T=1f7f
AffineGrid 20 2 2 1 1 | T1 T2 | align_corners:int | T1=1301 T2=40
And 1 2 2 1 1 | T T | axis:int broadcast:int | T=80 T1=80
And 7 2 2 1 1 | T T |  | T=80 T1=80
ArgMax 1 1 1 1 1 | T | axis:int keepdims:int | T=f7f
ArgMax 11 1 1 1 1 | T | axis:int keepdims:int | T=f7f
ArgMax 12 1 1 1 1 | T | axis:int keepdims:int select_last_index:int | T=f7f
ArgMax 13 1 1 1 1 | T | axis:int keepdims:int select_last_index:int | T=1f7f
ArgMin 1 1 1 1 1 | T | axis:int keepdims:int | T=f7f
ArgMin 11 1 1 1 1 | T | axis:int keepdims:int | T=f7f
ArgMin 12 1 1 1 1 | T | axis:int keepdims:int select_last_index:int | T=f7f
ArgMin 13 1 1 1 1 | T | axis:int keepdims:int select_last_index:int | T=1f7f
Asin 7 1 1 1 1 | T |  | T=301
Asin 22 1 1 1 1 | T |  | T=1301
Asinh 9 1 1 1 1 | T |  | T=301
Asinh 22 1 1 1 1 | T |  | T=1301
Atan 7 1 1 1 1 | T |  | T=301
Atan 22 1 1 1 1 | T |  | T=1301
Atanh 9 1 1 1 1 | T |  | T=301
Atanh 22 1 1 1 1 | T |  | T=1301
Attention 23 3 6 1 4 | T1 T1 T2 U? T1? T2? | is_causal:int kv_num_heads:int q_num_heads:int qk_matmul_output_mode:int scale:float softcap:float softmax_precision:int | T1=1301 T2=1301 U=1fff
Attention 24 3 7 1 4 | T1 T1 T2 U? T1? T2? =40? | is_causal:int kv_num_heads:int q_num_heads:int qk_matmul_output_mode:int scale:float softcap:float softmax_precision:int | T1=1301 T2=1301 U=1fff
Attention 25 3 7 1 4 | T1 T1 T2 U? T1? T2? =40? | is_causal:int kv_num_heads:int left_window_size:int q_num_heads:int qk_matmul_output_mode:int right_window_size:int scale:float softcap:float softmax_precision:int | T1=1301 T2=1301 U=1fff
AveragePool 1 1 1 1 1 | T | auto_pad:string kernel_shape!:ints pads:ints strides:ints | T=301
AveragePool 7 1 1 1 1 | T | auto_pad:string count_include_pad:int kernel_shape!:ints pads:ints strides:ints | T=301
AveragePool 10 1 1 1 1 | T | auto_pad:string ceil_mode:int count_include_pad:int kernel_shape!:ints pads:ints strides:ints | T=301
AveragePool 11 1 1 1 1 | T | auto_pad:string ceil_mode:int count_include_pad:int kernel_shape!:ints pads:ints strides:ints | T=301
AveragePool 19 1 1 1 1 | T | auto_pad:string ceil_mode:int count_include_pad:int dilations:ints kernel_shape!:ints pads:ints strides:ints | T=301
AveragePool 22 1 1 1 1 | T | auto_pad:string ceil_mode:int count_include_pad:int dilations:ints kernel_shape!:ints pads:ints strides:ints | T=1301
BatchNormalization 1 5 5 1 5 | T T T T T | consumed_inputs!:ints epsilon:float is_test:int momentum:float spatial:int | T=301
BatchNormalization 6 5 5 1 5 | T T T T T | epsilon:float is_test:int momentum:float spatial:int | T=301
BatchNormalization 7 5 5 1 5 | T T T T T | epsilon:float momentum:float spatial:int | T=301
BatchNormalization 9 5 5 1 5 | T T T T T | epsilon:float momentum:float | T=301
BatchNormalization 14 5 5 1 3 | T T T U U | epsilon:float momentum:float training_mode:int | T=1301 U=1301
BatchNormalization 15 5 5 1 3 | T T1 T1 T2 T2 | epsilon:float momentum:float training_mode:int | T=1301 T1=1301 T2=1301
Bernoulli 15 1 1 1 1 | T1 | dtype:int seed:float | T1=301 T2=1fff
Bernoulli 22 1 1 1 1 | T1 | dtype:int seed:float | T1=1301 T2=1fff
BitCast 26 1 1 1 1 | T1 | to!:int | T1=1fff T2=1fff
BitShift 11 2 2 1 1 | T T | direction!:string | T=c0a
BitShift 28 2 2 1 1 | T T | direction!:string | T=c7e
BitwiseAnd 18 2 2 1 1 | T T |  | T=c7e
BitwiseNot 18 1 1 1 1 | T |  | T=c7e
BitwiseOr 18 2 2 1 1 | T T |  | T=c7e
BitwiseXor 18 2 2 1 1 | T T |  | T=c7e
BlackmanWindow 17 1 1 1 1 | T1 | output_datatype:int periodic:int | T1=60 T2=1f7f
Cast 1 1 1 1 1 | T1 | to!:string | T1=fff T2=fff
Cast 6 1 1 1 1 | T1 | to!:int | T1=fff T2=fff
Cast 9 1 1 1 1 | T1 | to!:int | T1=fff T2=fff
Cast 13 1 1 1 1 | T1 | to!:int | T1=1fff T2=1fff
Cast 19 1 1 1 1 | T1 | saturate:int to!:int | T1=1fff T2=1fff
Cast 21 1 1 1 1 | T1 | saturate:int to!:int | T1=1fff T2=1fff
Cast 23 1 1 1 1 | T1 | saturate:int to!:int | T1=1fff T2=1fff
Cast 24 1 1 1 1 | T1 | round_mode:string saturate:int to!:int | T1=1fff T2=1fff
Cast 25 1 1 1 1 | T1 | round_mode:string saturate:int to!:int | T1=1fff T2=1fff
Cast 28 1 1 1 1 | T1 | round_mode:string saturate:int to!:int | T1=1fff T2=1fff
CastLike 15 2 2 1 1 | T1 T2 |  | T1=1fff T2=1fff
CastLike 19 2 2 1 1 | T1 T2 | saturate:int | T1=1fff T2=1fff
CastLike 21 2 2 1 1 | T1 T2 | saturate:int | T1=1fff T2=1fff
CastLike 23 2 2 1 1 | T1 T2 | saturate:int | T1=1fff T2=1fff
CastLike 24 2 2 1 1 | T1 T2 | round_mode:string saturate:int | T1=1fff T2=1fff
CastLike 25 2 2 1 1 | T1 T2 | round_mode:string saturate:int | T1=1fff T2=1fff
CausalConvWithState 27 2 4 2 2 | T T T? T? | activation:string | T=1101
Ceil 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Ceil 6 1 1 1 1 | T |  | T=301
Ceil 13 1 1 1 1 | T |  | T=1301
Celu 12 1 1 1 1 | T | alpha:float | T=1
Celu 28 1 1 1 1 | T | alpha:float | T=1301
CenterCropPad 18 2 2 1 1 | T Tind | axes:ints | T=1fff Tind=60
Clip 1 1 1 1 1 | T | consumed_inputs:ints max:float min:float | T=301
Clip 6 1 1 1 1 | T | max:float min:float | T=301
Clip 11 1 3 1 1 | T T? T? |  | T=301
Clip 12 1 3 1 1 | T T? T? |  | T=f7f
Clip 13 1 3 1 1 | T T? T? |  | T=1f7f
Col2Im 18 3 3 1 1 | T =40 =40 | dilations:ints pads:ints strides:ints | T=1fff
Compress 9 2 2 1 1 | T T1 | axis:int | T=fff T1=80
Compress 11 2 2 1 1 | T T1 | axis:int | T=fff T1=80
Compress 28 2 2 1 1 | T T1 | axis:int | T=1fff T1=80
Concat 1 1 n 1 1 | T+ | axis:int | T=301
Concat 4 1 n 1 1 | T+ | axis!:int | T=fff
Concat 11 1 n 1 1 | T+ | axis!:int | T=fff
Concat 13 1 n 1 1 | T+ | axis!:int | T=1fff
ConcatFromSequence 11 1 1 1 1 | S | axis!:int new_axis:int | S=0 T=fff
Constant 1 0 0 1 1 |  | value!:tensor | T=301
Constant 9 0 0 1 1 |  | value!:tensor | T=fff
Constant 11 0 0 1 1 |  | sparse_value:other value:tensor | T=fff
Constant 12 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=fff
Constant 13 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
Constant 19 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
Constant 21 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
Constant 23 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
Constant 24 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
Constant 25 0 0 1 1 |  | sparse_value:other value:tensor value_float:float value_floats:floats value_int:int value_ints:ints value_string:string value_strings:strings | T=1fff
ConstantOfShape 9 1 1 1 1 | T1 | value:tensor | T1=40 T2=fff
ConstantOfShape 20 1 1 1 1 | T1 | value:tensor | T1=40 T2=1fff
ConstantOfShape 21 1 1 1 1 | T1 | value:tensor | T1=40 T2=1fff
ConstantOfShape 23 1 1 1 1 | T1 | value:tensor | T1=40 T2=1fff
ConstantOfShape 24 1 1 1 1 | T1 | value:tensor | T1=40 T2=1fff
ConstantOfShape 25 1 1 1 1 | T1 | value:tensor | T1=40 T2=1fff
Conv 1 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints pads:ints strides:ints | T=301
Conv 11 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints pads:ints strides:ints | T=301
Conv 22 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints pads:ints strides:ints | T=1301
ConvInteger 10 2 4 1 1 | T1 T2 T1? T2? | auto_pad:string dilations:ints group:int kernel_shape:ints pads:ints strides:ints | T1=6 T2=6 T3=20
ConvTranspose 1 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints output_padding:ints output_shape:ints pads:ints strides:ints | T=301
ConvTranspose 11 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints output_padding:ints output_shape:ints pads:ints strides:ints | T=301
ConvTranspose 22 2 3 1 1 | T T T? | auto_pad:string dilations:ints group:int kernel_shape:ints output_padding:ints output_shape:ints pads:ints strides:ints | T=1301
Cos 7 1 1 1 1 | T |  | T=301
Cos 22 1 1 1 1 | T |  | T=1301
Cosh 9 1 1 1 1 | T |  | T=301
Cosh 22 1 1 1 1 | T |  | T=1301
CumProd 26 2 2 1 1 | T T2 | exclusive:int reverse:int | T=1f61 T2=60
CumSum 11 2 2 1 1 | T T2 | exclusive:int reverse:int | T=e61 T2=60
CumSum 14 2 2 1 1 | T T2 | exclusive:int reverse:int | T=1f61 T2=60
DFT 17 1 2 1 1 | T1 T2? | axis:int inverse:int onesided:int | T1=1301 T2=60
DFT 20 1 3 1 1 | T1 T2? =40? | inverse:int onesided:int | T1=1301 T2=60
DeformConv 19 3 5 1 1 | T T T T? T? | dilations:ints group:int kernel_shape:ints offset_group:int pads:ints strides:ints | T=301
DeformConv 22 3 5 1 1 | T T T T? T? | dilations:ints group:int kernel_shape:ints offset_group:int pads:ints strides:ints | T=1301
DepthToSpace 1 1 1 1 1 | T | blocksize!:int | T=fff
DepthToSpace 11 1 1 1 1 | T | blocksize!:int mode:string | T=fff
DepthToSpace 13 1 1 1 1 | T | blocksize!:int mode:string | T=1fff
DepthToSpace 28 1 1 1 1 | T | blocksize!:int mode:string | T=1fff
DequantizeLinear 10 2 3 1 1 | T =1 T? |  | T=26
DequantizeLinear 13 2 3 1 1 | T =1 T? | axis:int | T=26
DequantizeLinear 19 2 3 1 1 | T1 T2 T1? | axis:int | T1=26 T2=1101
DequantizeLinear 21 2 3 1 1 | T1 T2 T1? | axis:int block_size:int | T1=3e T2=1101
DequantizeLinear 23 2 3 1 1 | T1 T2 T1? | axis:int block_size:int output_dtype:int | T1=3e T2=1101 T3=1101
DequantizeLinear 24 2 3 1 1 | T1 T2 T1? | axis:int block_size:int output_dtype:int | T1=3e T2=1101 T3=1101
DequantizeLinear 25 2 3 1 1 | T1 T2 T1? | axis:int block_size:int output_dtype:int | T1=3e T2=1101 T3=1101
DequantizeLinear 28 2 3 1 1 | T1 T2 T1? | axis:int block_size:int output_dtype:int | T1=3e T2=1101 T3=1101
Det 11 1 1 1 1 | T |  | T=301
Det 22 1 1 1 1 | T |  | T=1301
Div 1 2 2 1 1 | T T | axis:int broadcast:int consumed_inputs:ints | T=301
Div 6 2 2 1 1 | T T | axis:int broadcast:int | T=f61
Div 7 2 2 1 1 | T T |  | T=f61
Div 13 2 2 1 1 | T T |  | T=1f61
Div 14 2 2 1 1 | T T |  | T=1f7f
Dropout 1 1 1 1 2 | T | consumed_inputs:ints is_test:int ratio:float | T=301
Dropout 6 1 1 1 2 | T | is_test:int ratio:float | T=301
Dropout 7 1 1 1 2 | T | ratio:float | T=301
Dropout 10 1 1 1 2 | T | ratio:float | T=301 T1=80
Dropout 12 1 3 1 2 | T T1? T2? | seed:int | T=301 T1=301 T2=80
Dropout 13 1 3 1 2 | T T1? T2? | seed:int | T=1301 T1=301 T2=80
Dropout 22 1 3 1 2 | T T1? T2? | seed:int | T=1301 T1=1301 T2=80
DynamicQuantizeLinear 11 1 1 3 3 | T1 |  | T1=1 T2=2
Einsum 12 1 n 1 1 | T+ | equation!:string | T=f7f
Einsum 28 1 n 1 1 | T+ | equation!:string | T=1f7f
Elu 1 1 1 1 1 | T | alpha:float consumed_inputs:ints | T=301
Elu 6 1 1 1 1 | T | alpha:float | T=301
Elu 22 1 1 1 1 | T | alpha:float | T=1301
Equal 1 2 2 1 1 | T T | axis:int broadcast:int | T=e0 T1=80
Equal 7 2 2 1 1 | T T |  | T=e0 T1=80
Equal 11 2 2 1 1 | T T |  | T=fff T1=80
Equal 13 2 2 1 1 | T T |  | T=1fff T1=80
Equal 19 2 2 1 1 | T T |  | T=1fff T1=80
Erf 9 1 1 1 1 | T |  | T=f7f
Erf 13 1 1 1 1 | T |  | T=1301
Exp 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Exp 6 1 1 1 1 | T |  | T=301
Exp 13 1 1 1 1 | T |  | T=1301
Expand 8 2 2 1 1 | T =40 |  | T=fff
Expand 13 2 2 1 1 | T =40 |  | T=1fff
EyeLike 9 1 1 1 1 | T1 | dtype:int k:int | T1=fff T2=fff
EyeLike 22 1 1 1 1 | T1 | dtype:int k:int | T1=1fff T2=1fff
Flatten 1 1 1 1 1 | T | axis:int | T=301
Flatten 9 1 1 1 1 | T | axis:int | T=fff
Flatten 11 1 1 1 1 | T | axis:int | T=fff
Flatten 13 1 1 1 1 | T | axis:int | T=1fff
Flatten 21 1 1 1 1 | T | axis:int | T=1fff
Flatten 23 1 1 1 1 | T | axis:int | T=1fff
Flatten 24 1 1 1 1 | T | axis:int | T=1fff
Flatten 25 1 1 1 1 | T | axis:int | T=1fff
Floor 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Floor 6 1 1 1 1 | T |  | T=301
Floor 13 1 1 1 1 | T |  | T=1301
GRU 1 3 6 2 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int output_sequence:int | T=301 T1=20
GRU 3 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int linear_before_reset:int output_sequence:int | T=301 T1=20
GRU 7 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int linear_before_reset:int | T=301 T1=20
GRU 14 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int layout:int linear_before_reset:int | T=301 T1=20
GRU 22 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int layout:int linear_before_reset:int | T=1301 T1=20
Gather 1 2 2 1 1 | T Tind | axis:int | T=fff Tind=60
Gather 11 2 2 1 1 | T Tind | axis:int | T=fff Tind=60
Gather 13 2 2 1 1 | T Tind | axis:int | T=1fff Tind=60
GatherElements 11 2 2 1 1 | T Tind | axis:int | T=fff Tind=60
GatherElements 13 2 2 1 1 | T Tind | axis:int | T=1fff Tind=60
GatherND 11 2 2 1 1 | T =40 |  | T=fff
GatherND 12 2 2 1 1 | T =40 | batch_dims:int | T=fff
GatherND 13 2 2 1 1 | T =40 | batch_dims:int | T=1fff
Gelu 20 1 1 1 1 | T | approximate:string | T=1301
Gemm 1 3 3 1 1 | T T T | alpha:float beta:float broadcast:int transA:int transB:int | T=301
Gemm 6 3 3 1 1 | T T T | alpha:float beta:float broadcast:int transA:int transB:int | T=301
Gemm 7 3 3 1 1 | T T T | alpha:float beta:float transA:int transB:int | T=301
Gemm 9 3 3 1 1 | T T T | alpha:float beta:float transA:int transB:int | T=f61
Gemm 11 2 3 1 1 | T T T? | alpha:float beta:float transA:int transB:int | T=f61
Gemm 13 2 3 1 1 | T T T? | alpha:float beta:float transA:int transB:int | T=1f61
GlobalAveragePool 1 1 1 1 1 | T |  | T=301
GlobalAveragePool 22 1 1 1 1 | T |  | T=1301
GlobalLpPool 1 1 1 1 1 | T | p:float | T=301
GlobalLpPool 2 1 1 1 1 | T | p:int | T=301
GlobalLpPool 22 1 1 1 1 | T | p:int | T=1301
GlobalMaxPool 1 1 1 1 1 | T |  | T=301
GlobalMaxPool 22 1 1 1 1 | T |  | T=1301
Greater 1 2 2 1 1 | T T | axis:int broadcast:int | T=301 T1=80
Greater 7 2 2 1 1 | T T |  | T=301 T1=80
Greater 9 2 2 1 1 | T T |  | T=f7f T1=80
Greater 13 2 2 1 1 | T T |  | T=1f7f T1=80
GreaterOrEqual 12 2 2 1 1 | T T |  | T=f7f T1=80
GreaterOrEqual 16 2 2 1 1 | T T |  | T=1f7f T1=80
GridSample 16 2 2 1 1 | T1 T2 | align_corners:int mode:string padding_mode:string | T1=fff T2=301
GridSample 20 2 2 1 1 | T1 T2 | align_corners:int mode:string padding_mode:string | T1=fff T2=301
GridSample 22 2 2 1 1 | T1 T2 | align_corners:int mode:string padding_mode:string | T1=1fff T2=1301
GroupNormalization 18 3 3 1 1 deprecated | T T T | epsilon:float num_groups!:int | T=1301
GroupNormalization 21 3 3 1 1 | T T T | epsilon:float num_groups!:int stash_type:int | T=1301
HammingWindow 17 1 1 1 1 | T1 | output_datatype:int periodic:int | T1=60 T2=1f7f
HannWindow 17 1 1 1 1 | T1 | output_datatype:int periodic:int | T1=60 T2=1f7f
HardSigmoid 1 1 1 1 1 | T | alpha:float beta:float consumed_inputs:ints | T=301
HardSigmoid 6 1 1 1 1 | T | alpha:float beta:float | T=301
HardSigmoid 22 1 1 1 1 | T | alpha:float beta:float | T=1301
HardSwish 14 1 1 1 1 | T |  | T=301
HardSwish 22 1 1 1 1 | T |  | T=1301
Hardmax 1 1 1 1 1 | T | axis:int | T=301
Hardmax 11 1 1 1 1 | T | axis:int | T=301
Hardmax 13 1 1 1 1 | T | axis:int | T=1301
Identity 1 1 1 1 1 | T |  | T=fff
Identity 13 1 1 1 1 | T |  | T=1fff
Identity 14 1 1 1 1 | V |  | V=1fff
Identity 16 1 1 1 1 | V |  | V=1fff
Identity 19 1 1 1 1 | V |  | V=1fff
Identity 21 1 1 1 1 | V |  | V=1fff
Identity 23 1 1 1 1 | V |  | V=1fff
Identity 24 1 1 1 1 | V |  | V=1fff
Identity 25 1 1 1 1 | V |  | V=1fff
If 1 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=fff B=80
If 11 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=fff B=80
If 13 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=fff B=80
If 16 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
If 19 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
If 21 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
If 23 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
If 24 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
If 25 1 1 1 n | B | else_branch!:graph then_branch!:graph | V=1fff B=80
ImageDecoder 20 1 1 1 1 | T1 | pixel_format:string | T1=2 T2=2
InstanceNormalization 1 3 3 1 1 | T T T | consumed_inputs:ints epsilon:float | T=301
InstanceNormalization 6 3 3 1 1 | T T T | epsilon:float | T=301
InstanceNormalization 22 3 3 1 1 | T T T | epsilon:float | T=1301
IsInf 10 1 1 1 1 | T1 | detect_negative:int detect_positive:int | T1=201 T2=80
IsInf 20 1 1 1 1 | T1 | detect_negative:int detect_positive:int | T1=1301 T2=80
IsNaN 9 1 1 1 1 | T1 |  | T1=301 T2=80
IsNaN 13 1 1 1 1 | T1 |  | T1=1301 T2=80
IsNaN 20 1 1 1 1 | T1 |  | T1=1301 T2=80
LRN 1 1 1 1 1 | T | alpha:float beta:float bias:float size!:int | T=301
LRN 13 1 1 1 1 | T | alpha:float beta:float bias:float size!:int | T=1301
LSTM 1 3 8 0 3 | T T T T? T1? T? T? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int input_forget:int output_sequence:int | T=301 T1=20
LSTM 7 3 8 0 3 | T T T T? T1? T? T? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int input_forget:int | T=301 T1=20
LSTM 14 3 8 0 3 | T T T T? T1? T? T? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int input_forget:int layout:int | T=301 T1=20
LSTM 22 3 8 0 3 | T T T T? T1? T? T? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int input_forget:int layout:int | T=1301 T1=20
LayerNormalization 17 2 3 1 3 | T T T? | axis:int epsilon:float stash_type:int | T=1301 U=1001
LeakyRelu 1 1 1 1 1 | T | alpha:float consumed_inputs:ints | T=301
LeakyRelu 6 1 1 1 1 | T | alpha:float | T=301
LeakyRelu 16 1 1 1 1 | T | alpha:float | T=1301
Less 1 2 2 1 1 | T T | axis:int broadcast:int | T=301 T1=80
Less 7 2 2 1 1 | T T |  | T=301 T1=80
Less 9 2 2 1 1 | T T |  | T=f7f T1=80
Less 13 2 2 1 1 | T T |  | T=1f7f T1=80
LessOrEqual 12 2 2 1 1 | T T |  | T=f7f T1=80
LessOrEqual 16 2 2 1 1 | T T |  | T=1f7f T1=80
LinearAttention 27 3 6 2 2 | T T T S? T? T? | chunk_size:int kv_num_heads!:int q_num_heads!:int scale:float update_rule:string | T=1101 S=1101
Log 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Log 6 1 1 1 1 | T |  | T=301
Log 13 1 1 1 1 | T |  | T=1301
LogSoftmax 1 1 1 1 1 | T | axis:int | T=301
LogSoftmax 11 1 1 1 1 | T | axis:int | T=301
LogSoftmax 13 1 1 1 1 | T | axis:int | T=1301
Loop 1 3 n 1 n | I? B? *+ | body!:graph | V=fff I=40 B=80
Loop 11 2 n 1 n | I? B? *+ | body!:graph | V=fff I=40 B=80
Loop 13 2 n 1 n | I? B? *+ | body!:graph | V=fff I=40 B=80
Loop 16 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
Loop 19 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
Loop 21 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
Loop 23 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
Loop 24 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
Loop 25 2 n 1 n | I? B? *+ | body!:graph | V=1fff I=40 B=80
LpNormalization 1 1 1 1 1 | T | axis:int p:int | T=301
LpNormalization 22 1 1 1 1 | T | axis:int p:int | T=1301
LpPool 1 1 1 1 1 | T | auto_pad:string kernel_shape:ints p:float pads:ints strides:ints | T=301
LpPool 2 1 1 1 1 | T | auto_pad:string kernel_shape!:ints p:int pads:ints strides:ints | T=301
LpPool 11 1 1 1 1 | T | auto_pad:string kernel_shape!:ints p:int pads:ints strides:ints | T=301
LpPool 18 1 1 1 1 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints p:int pads:ints strides:ints | T=301
LpPool 22 1 1 1 1 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints p:int pads:ints strides:ints | T=1301
MatMul 1 2 2 1 1 | T T |  | T=301
MatMul 9 2 2 1 1 | T T |  | T=f61
MatMul 13 2 2 1 1 | T T |  | T=1f61
MatMulInteger 10 2 4 1 1 | T1 T2 T1? T2? |  | T1=6 T2=6 T3=20
Max 1 1 n 1 1 | T+ | consumed_inputs:ints | T=301
Max 6 1 n 1 1 | T+ |  | T=301
Max 8 1 n 1 1 | T+ |  | T=301
Max 12 1 n 1 1 | T+ |  | T=f7f
Max 13 1 n 1 1 | T+ |  | T=1f7f
MaxPool 1 1 1 1 1 | T | auto_pad:string kernel_shape!:ints pads:ints strides:ints | T=301
MaxPool 8 1 1 1 2 | T | auto_pad:string kernel_shape!:ints pads:ints storage_order:int strides:ints | T=301 I=40
MaxPool 10 1 1 1 2 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints pads:ints storage_order:int strides:ints | T=301 I=40
MaxPool 11 1 1 1 2 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints pads:ints storage_order:int strides:ints | T=301 I=40
MaxPool 12 1 1 1 2 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints pads:ints storage_order:int strides:ints | T=307 I=40
MaxPool 22 1 1 1 2 | T | auto_pad:string ceil_mode:int dilations:ints kernel_shape!:ints pads:ints storage_order:int strides:ints | T=1307 I=40
MaxRoiPool 1 2 2 1 1 | T T | pooled_shape!:ints spatial_scale:float | T=301
MaxRoiPool 22 2 2 1 1 | T T | pooled_shape!:ints spatial_scale:float | T=1301
MaxUnpool 9 2 3 1 1 | T1 T2 T2? | kernel_shape!:ints pads:ints strides:ints | T1=301 T2=40
MaxUnpool 11 2 3 1 1 | T1 T2 T2? | kernel_shape!:ints pads:ints strides:ints | T1=301 T2=40
MaxUnpool 22 2 3 1 1 | T1 T2 T2? | kernel_shape!:ints pads:ints strides:ints | T1=1301 T2=40
Mean 1 1 n 1 1 | T+ | consumed_inputs:ints | T=301
Mean 6 1 n 1 1 | T+ |  | T=301
Mean 8 1 n 1 1 | T+ |  | T=301
Mean 13 1 n 1 1 | T+ |  | T=1301
MeanVarianceNormalization 9 1 1 1 1 | T | axes:ints | T=301
MeanVarianceNormalization 13 1 1 1 1 | T | axes:ints | T=1301
MelWeightMatrix 17 5 5 1 1 | T1 T1 T1 T2 T2 | output_datatype:int | T1=60 T2=1301 T3=1f7f
Min 1 1 n 1 1 | T+ | consumed_inputs:ints | T=301
Min 6 1 n 1 1 | T+ |  | T=301
Min 8 1 n 1 1 | T+ |  | T=301
Min 12 1 n 1 1 | T+ |  | T=f7f
Min 13 1 n 1 1 | T+ |  | T=1f7f
Mish 18 1 1 1 1 | T |  | T=301
Mish 22 1 1 1 1 | T |  | T=1301
Mod 10 2 2 1 1 | T T | fmod:int | T=f7f
Mod 13 2 2 1 1 | T T | fmod:int | T=1f7f
Mod 28 2 2 1 1 | T T | fmod:int | T=1f7f
Mul 1 2 2 1 1 | T T | axis:int broadcast:int consumed_inputs:ints | T=301
Mul 6 2 2 1 1 | T T | axis:int broadcast:int | T=f61
Mul 7 2 2 1 1 | T T |  | T=f61
Mul 13 2 2 1 1 | T T |  | T=1f61
Mul 14 2 2 1 1 | T T |  | T=1f7f
Multinomial 7 1 1 1 1 | T1 | dtype:int sample_size:int seed:float | T1=301 T2=60
Multinomial 22 1 1 1 1 | T1 | dtype:int sample_size:int seed:float | T1=1301 T2=60
Neg 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Neg 6 1 1 1 1 | T |  | T=375
Neg 13 1 1 1 1 | T |  | T=1375
NegativeLogLikelihoodLoss 12 2 3 1 1 | T Tind T? | ignore_index:int reduction:string | T=301 Tind=60
NegativeLogLikelihoodLoss 13 2 3 1 1 | T Tind T? | ignore_index:int reduction:string | T=301 Tind=60
NegativeLogLikelihoodLoss 22 2 3 1 1 | T Tind T? | ignore_index:int reduction:string | T=1301 Tind=60
NonMaxSuppression 10 2 5 1 1 | =1 =1 =40? =1? =1? | center_point_box:int | 
NonMaxSuppression 11 2 5 1 1 | =1 =1 =40? =1? =1? | center_point_box:int | 
NonZero 9 1 1 1 1 | T |  | T=fff
NonZero 13 1 1 1 1 | T |  | T=1fff
Not 1 1 1 1 1 | T |  | T=80
OneHot 9 3 3 1 1 | T1 T2 T3 | axis:int | T1=f7f T2=f7f T3=fff
OneHot 11 3 3 1 1 | T1 T2 T3 | axis:int | T1=f7f T2=f7f T3=fff
OneHot 28 3 3 1 1 | T1 T2 T3 | axis:int | T1=f7f T2=f7f T3=1fff
Optional 15 0 1 1 1 | V? | type:other | V=fff O=0
Optional 28 0 1 1 1 | V? | type:other | V=1fff O=0
OptionalGetElement 15 1 1 1 1 | O |  | O=0 V=fff
OptionalGetElement 18 1 1 1 1 | O |  | O=fff V=fff
OptionalGetElement 28 1 1 1 1 | O |  | O=1fff V=1fff
OptionalHasElement 15 1 1 1 1 | O |  | O=0 B=80
OptionalHasElement 18 0 1 1 1 | O? |  | O=fff B=80
OptionalHasElement 28 0 1 1 1 | O? |  | O=1fff B=80
Or 1 2 2 1 1 | T T | axis:int broadcast:int | T=80 T1=80
Or 7 2 2 1 1 | T T |  | T=80 T1=80
PRelu 1 2 2 1 1 | T T | consumed_inputs:ints | T=301
PRelu 6 2 2 1 1 | T T |  | T=301
PRelu 7 2 2 1 1 | T T |  | T=301
PRelu 9 2 2 1 1 | T T |  | T=f61
PRelu 16 2 2 1 1 | T T |  | T=1f61
Pad 1 1 1 1 1 | T | mode:string paddings!:ints value:float | T=301
Pad 2 1 1 1 1 | T | mode:string pads!:ints value:float | T=301
Pad 11 2 3 1 1 | T =40 T? | mode:string | T=f7f
Pad 13 2 3 1 1 | T =40 T? | mode:string | T=1fff
Pad 18 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pad 19 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pad 21 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pad 23 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pad 24 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pad 25 2 4 1 1 | T =40 T? Tind? | mode:string | T=1fff Tind=60
Pow 1 2 2 1 1 | T T | axis:int broadcast:int | T=301
Pow 7 2 2 1 1 | T T |  | T=301
Pow 12 2 2 1 1 | T T1 |  | T=361 T1=f7f
Pow 13 2 2 1 1 | T T1 |  | T=1361 T1=f7f
Pow 15 2 2 1 1 | T T1 |  | T=1361 T1=1f7f
QLinearConv 10 8 9 1 1 | T1 =1 T1 T2 =1 T2 =1 T3 T4? | auto_pad:string dilations:ints group:int kernel_shape:ints pads:ints strides:ints | T1=6 T2=6 T3=6 T4=20
QLinearMatMul 10 8 8 1 1 | T1 =1 T1 T2 =1 T2 =1 T3 |  | T1=6 T2=6 T3=6
QLinearMatMul 21 8 8 1 1 | T1 TS T1 T2 TS T2 TS T3 |  | TS=1101 T1=6 T2=6 T3=6
QuantizeLinear 10 2 3 1 1 | T1 =1 T2? |  | T1=21 T2=6
QuantizeLinear 13 2 3 1 1 | T1 =1 T2? | axis:int | T1=21 T2=6
QuantizeLinear 19 2 3 1 1 | T1 T1 T2? | axis:int saturate:int | T1=1121 T2=6
QuantizeLinear 21 2 3 1 1 | T1 T1 T2? | axis:int block_size:int output_dtype:int saturate:int | T1=1121 T2=1e
QuantizeLinear 23 2 3 1 1 | T1 T2 T3? | axis:int block_size:int output_dtype:int precision:int saturate:int | T1=1121 T2=1121 T3=1e
QuantizeLinear 24 2 3 1 1 | T1 T2 T3? | axis:int block_size:int output_dtype:int precision:int saturate:int | T1=1121 T2=1121 T3=1e
QuantizeLinear 25 2 3 1 1 | T1 T2 T3? | axis:int block_size:int output_dtype:int precision:int saturate:int | T1=1121 T2=1121 T3=1e
QuantizeLinear 28 2 3 1 1 | T1 T2 T3? | axis:int block_size:int output_dtype:int precision:int saturate:int | T1=1121 T2=1121 T3=1e
RMSNormalization 23 2 2 1 1 | T V | axis:int epsilon:float stash_type:int | T=1301 V=1301
RNN 1 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int output_sequence:int | T=301 T1=20
RNN 7 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int | T=301 T1=20
RNN 14 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int layout:int | T=301 T1=20
RNN 22 3 6 0 2 | T T T T? T1? T? | activation_alpha:floats activation_beta:floats activations:strings clip:float direction:string hidden_size:int layout:int | T=1301 T1=20
RandomNormal 1 0 0 1 1 |  | dtype:int mean:float scale:float seed:float shape!:ints | T=301
RandomNormal 22 0 0 1 1 |  | dtype:int mean:float scale:float seed:float shape!:ints | T=1301
RandomNormalLike 1 1 1 1 1 | T1 | dtype:int mean:float scale:float seed:float | T1=fff T2=301
RandomNormalLike 22 1 1 1 1 | T1 | dtype:int mean:float scale:float seed:float | T1=1fff T2=1301
RandomUniform 1 0 0 1 1 |  | dtype:int high:float low:float seed:float shape!:ints | T=301
RandomUniform 22 0 0 1 1 |  | dtype:int high:float low:float seed:float shape!:ints | T=1301
RandomUniformLike 1 1 1 1 1 | T1 | dtype:int high:float low:float seed:float | T1=fff T2=301
RandomUniformLike 22 1 1 1 1 | T1 | dtype:int high:float low:float seed:float | T1=1fff T2=1301
Range 11 3 3 1 1 | T T T |  | T=271
Range 27 3 3 1 1 | T T T | stash_type:int | T=1371
Reciprocal 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Reciprocal 6 1 1 1 1 | T |  | T=301
Reciprocal 13 1 1 1 1 | T |  | T=1301
ReduceL1 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceL1 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceL1 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceL1 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceL2 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceL2 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceL2 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceL2 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceLogSum 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceLogSum 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceLogSum 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceLogSum 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceLogSum 28 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1301
ReduceLogSumExp 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceLogSumExp 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceLogSumExp 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceLogSumExp 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceLogSumExp 28 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1301
ReduceMax 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMax 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMax 12 1 1 1 1 | T | axes:ints keepdims:int | T=f67
ReduceMax 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f67
ReduceMax 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f67
ReduceMax 20 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1fe7
ReduceMean 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMean 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMean 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceMean 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceMin 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMin 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceMin 12 1 1 1 1 | T | axes:ints keepdims:int | T=f67
ReduceMin 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f67
ReduceMin 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f67
ReduceMin 20 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1fe7
ReduceProd 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceProd 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceProd 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceProd 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceSum 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceSum 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceSum 13 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
ReduceSumSquare 1 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceSumSquare 11 1 1 1 1 | T | axes:ints keepdims:int | T=f61
ReduceSumSquare 13 1 1 1 1 | T | axes:ints keepdims:int | T=1f61
ReduceSumSquare 18 1 2 1 1 | T =40? | keepdims:int noop_with_empty_axes:int | T=1f61
RegexFullMatch 20 1 1 1 1 | T1 | pattern:string | T1=0 T2=80
Relu 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Relu 6 1 1 1 1 | T |  | T=301
Relu 13 1 1 1 1 | T |  | T=1301
Relu 14 1 1 1 1 | T |  | T=1375
Reshape 1 1 1 1 1 | T | consumed_inputs:ints shape:ints | T=301
Reshape 5 2 2 1 1 | T =40 |  | T=fff
Reshape 13 2 2 1 1 | T =40 |  | T=1fff
Reshape 14 2 2 1 1 | T =40 | allowzero:int | T=1fff
Reshape 19 2 2 1 1 | T =40 | allowzero:int | T=1fff
Reshape 21 2 2 1 1 | T =40 | allowzero:int | T=1fff
Reshape 23 2 2 1 1 | T =40 | allowzero:int | T=1fff
Reshape 24 2 2 1 1 | T =40 | allowzero:int | T=1fff
Reshape 25 2 2 1 1 | T =40 | allowzero:int | T=1fff
Resize 10 2 2 1 1 | T =1 | mode:string | T=fff
Resize 11 3 4 1 1 | T1 T2 =1 =40? | coordinate_transformation_mode:string cubic_coeff_a:float exclude_outside:int extrapolation_value:float mode:string nearest_mode:string | T1=fff T2=301
Resize 13 1 4 1 1 | T1 T2? =1? =40? | coordinate_transformation_mode:string cubic_coeff_a:float exclude_outside:int extrapolation_value:float mode:string nearest_mode:string | T1=1fff T2=301
Resize 18 1 4 1 1 | T1 T2? =1? =40? | antialias:int axes:ints coordinate_transformation_mode:string cubic_coeff_a:float exclude_outside:int extrapolation_value:float keep_aspect_ratio_policy:string mode:string nearest_mode:string | T1=1fff T2=301
Resize 19 1 4 1 1 | T1 T2? =1? =40? | antialias:int axes:ints coordinate_transformation_mode:string cubic_coeff_a:float exclude_outside:int extrapolation_value:float keep_aspect_ratio_policy:string mode:string nearest_mode:string | T1=1fff T2=301
ReverseSequence 10 2 2 1 1 | T =40 | batch_axis:int time_axis:int | T=fff
ReverseSequence 28 2 2 1 1 | T =40 | batch_axis:int time_axis:int | T=1fff
RoiAlign 10 3 3 1 1 | T1 T1 T2 | mode:string output_height:int output_width:int sampling_ratio:int spatial_scale:float | T1=301 T2=40
RoiAlign 16 3 3 1 1 | T1 T1 T2 | coordinate_transformation_mode:string mode:string output_height:int output_width:int sampling_ratio:int spatial_scale:float | T1=301 T2=40
RoiAlign 22 3 3 1 1 | T1 T1 T2 | coordinate_transformation_mode:string mode:string output_height:int output_width:int sampling_ratio:int spatial_scale:float | T1=1301 T2=40
RotaryEmbedding 23 3 4 1 1 | T T T M? | interleaved:int num_heads:int rotary_embedding_dim:int | T=1101 M=40
Round 11 1 1 1 1 | T |  | T=301
Round 22 1 1 1 1 | T |  | T=1301
STFT 17 2 4 1 1 | T1 T2 T1? T2? | onesided:int | T1=1301 T2=60
Scan 8 2 n 1 n | I? *+ | body!:graph directions:ints num_scan_inputs!:int | I=40 V=fff
Scan 9 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=fff
Scan 11 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=fff
Scan 16 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scan 19 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scan 21 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scan 23 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scan 24 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scan 25 1 n 1 n | *+ | body!:graph num_scan_inputs!:int scan_input_axes:ints scan_input_directions:ints scan_output_axes:ints scan_output_directions:ints | V=1fff
Scatter 9 3 3 1 1 | T Tind T | axis:int | T=fff Tind=60
Scatter 11 3 3 1 1 deprecated | T Tind T | axis:int | T=fff Tind=60
ScatterElements 11 3 3 1 1 | T Tind T | axis:int | T=fff Tind=60
ScatterElements 13 3 3 1 1 | T Tind T | axis:int | T=1fff Tind=60
ScatterElements 16 3 3 1 1 | T Tind T | axis:int reduction:string | T=1fff Tind=60
ScatterElements 18 3 3 1 1 | T Tind T | axis:int reduction:string | T=1fff Tind=60
ScatterND 11 3 3 1 1 | T =40 T |  | T=fff
ScatterND 13 3 3 1 1 | T =40 T |  | T=1fff
ScatterND 16 3 3 1 1 | T =40 T | reduction:string | T=1fff
ScatterND 18 3 3 1 1 | T =40 T | reduction:string | T=1fff
Selu 1 1 1 1 1 | T | alpha:float consumed_inputs:ints gamma:float | T=301
Selu 6 1 1 1 1 | T | alpha:float gamma:float | T=301
Selu 22 1 1 1 1 | T | alpha:float gamma:float | T=1301
SequenceAt 11 2 2 1 1 | S I |  | S=0 T=fff I=60
SequenceConstruct 11 1 n 1 1 | T+ |  | T=fff S=0
SequenceEmpty 11 0 0 1 1 |  | dtype:int | S=0
SequenceErase 11 1 2 1 1 | S I? |  | S=0 I=60
SequenceInsert 11 2 3 1 1 | S T I? |  | T=fff S=0 I=60
SequenceLength 11 1 1 1 1 | S |  | S=0 I=40
SequenceMap 17 1 n 1 n | S *+ | body!:graph | S=0 V=fff
Shape 1 1 1 1 1 | T |  | T=fff T1=40
Shape 13 1 1 1 1 | T |  | T=1fff T1=40
Shape 15 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shape 19 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shape 21 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shape 23 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shape 24 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shape 25 1 1 1 1 | T | end:int start:int | T=1fff T1=40
Shrink 9 1 1 1 1 | T | bias:float lambd:float | T=f7f
Sigmoid 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Sigmoid 6 1 1 1 1 | T |  | T=301
Sigmoid 13 1 1 1 1 | T |  | T=1301
Sign 9 1 1 1 1 | T |  | T=f7f
Sign 13 1 1 1 1 | T |  | T=1f7f
Sin 7 1 1 1 1 | T |  | T=301
Sin 22 1 1 1 1 | T |  | T=1301
Sinh 9 1 1 1 1 | T |  | T=301
Sinh 22 1 1 1 1 | T |  | T=1301
Size 1 1 1 1 1 | T |  | T=fff T1=40
Size 13 1 1 1 1 | T |  | T=1fff T1=40
Size 19 1 1 1 1 | T |  | T=1fff T1=40
Size 21 1 1 1 1 | T |  | T=1fff T1=40
Size 23 1 1 1 1 | T |  | T=1fff T1=40
Size 24 1 1 1 1 | T |  | T=1fff T1=40
Size 25 1 1 1 1 | T |  | T=1fff T1=40
Slice 1 1 1 1 1 | T | axes:ints ends!:ints starts!:ints | T=fff
Slice 10 3 5 1 1 | T Tind Tind Tind? Tind? |  | T=fff Tind=60
Slice 11 3 5 1 1 | T Tind Tind Tind? Tind? |  | T=fff Tind=60
Slice 13 3 5 1 1 | T Tind Tind Tind? Tind? |  | T=1fff Tind=60
Softmax 1 1 1 1 1 | T | axis:int | T=301
Softmax 11 1 1 1 1 | T | axis:int | T=301
Softmax 13 1 1 1 1 | T | axis:int | T=1301
SoftmaxCrossEntropyLoss 12 2 3 1 2 | T Tind T? | ignore_index:int reduction:string | T=301 Tind=60
SoftmaxCrossEntropyLoss 13 2 3 1 2 | T Tind T? | ignore_index:int reduction:string | T=1301 Tind=60
Softplus 1 1 1 1 1 | T |  | T=301
Softplus 22 1 1 1 1 | T |  | T=1301
Softsign 1 1 1 1 1 | T |  | T=301
Softsign 22 1 1 1 1 | T |  | T=1301
SpaceToDepth 1 1 1 1 1 | T | blocksize!:int | T=fff
SpaceToDepth 13 1 1 1 1 | T | blocksize!:int | T=1fff
SpaceToDepth 28 1 1 1 1 | T | blocksize!:int mode:string | T=1fff
Split 1 1 2 1 n | T T? | axis:int split:ints | T=301
Split 2 1 1 1 n | T | axis:int split:ints | T=fff
Split 11 1 1 1 n | T | axis:int split:ints | T=fff
Split 13 1 2 1 n | T =40? | axis:int | T=1fff
Split 18 1 2 1 n | T =40? | axis:int num_outputs:int | T=1fff
SplitToSequence 11 1 2 1 1 | T I? | axis:int keepdims:int | T=fff I=60 S=0
SplitToSequence 24 1 2 1 1 | T I? | axis:int keepdims:int | T=1fff I=60 S=0
Sqrt 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Sqrt 6 1 1 1 1 | T |  | T=301
Sqrt 13 1 1 1 1 | T |  | T=1301
Squeeze 1 1 1 1 1 | T | axes:ints | T=fff
Squeeze 11 1 1 1 1 | T | axes:ints | T=fff
Squeeze 13 1 2 1 1 | T =40? |  | T=1fff
Squeeze 21 1 2 1 1 | T =40? |  | T=1fff
Squeeze 23 1 2 1 1 | T =40? |  | T=1fff
Squeeze 24 1 2 1 1 | T =40? |  | T=1fff
Squeeze 25 1 2 1 1 | T =40? |  | T=1fff
StringConcat 20 2 2 1 1 | T T |  | T=0
StringNormalizer 10 1 1 1 1 | =0 | case_change_action:string is_case_sensitive:int locale:string stopwords:strings | 
StringSplit 20 1 1 2 2 | T1 | delimiter:string maxsplit:int | T1=0 T2=0 T3=40
Sub 1 2 2 1 1 | T T | axis:int broadcast:int consumed_inputs:ints | T=301
Sub 6 2 2 1 1 | T T | axis:int broadcast:int | T=f61
Sub 7 2 2 1 1 | T T |  | T=f61
Sub 13 2 2 1 1 | T T |  | T=1f61
Sub 14 2 2 1 1 | T T |  | T=1f7f
Sum 1 1 n 1 1 | T+ | consumed_inputs:ints | T=301
Sum 6 1 n 1 1 | T+ |  | T=301
Sum 8 1 n 1 1 | T+ |  | T=301
Sum 13 1 n 1 1 | T+ |  | T=1301
SwiGLU 28 2 2 1 1 | T T | alpha:float | T=1301
Swish 24 1 1 1 1 | T | alpha:float | T=1301
Tan 7 1 1 1 1 | T |  | T=301
Tan 22 1 1 1 1 | T |  | T=1301
Tanh 1 1 1 1 1 | T | consumed_inputs:ints | T=301
Tanh 6 1 1 1 1 | T |  | T=301
Tanh 13 1 1 1 1 | T |  | T=1301
TensorScatter 24 2 3 1 1 | T T =40? | axis:int mode:string | T=1fff
TfIdfVectorizer 9 1 1 1 1 | T | max_gram_length!:int max_skip_count!:int min_gram_length!:int mode!:string ngram_counts!:ints ngram_indexes!:ints pool_int64s:ints pool_strings:strings weights:floats | T=60 T1=1
ThresholdedRelu 10 1 1 1 1 | T | alpha:float | T=301
ThresholdedRelu 22 1 1 1 1 | T | alpha:float | T=1301
Tile 1 3 3 1 1 | T T T |  | T=301 T1=40
Tile 6 2 2 1 1 | T T1 |  | T=fff T1=40
Tile 13 2 2 1 1 | T T1 |  | T=1fff T1=40
TopK 1 1 1 2 2 | T | axis:int k!:int | T=301 I=40
TopK 10 2 2 2 2 | T =40 | axis:int | T=301 I=40
TopK 11 2 2 2 2 | T =40 | axis:int largest:int sorted:int | T=f7f I=40
TopK 24 2 2 2 2 | T =40 | axis:int largest:int sorted:int | T=1f7f I=40
Transpose 1 1 1 1 1 | T | perm:ints | T=fff
Transpose 13 1 1 1 1 | T | perm:ints | T=1fff
Transpose 21 1 1 1 1 | T | perm:ints | T=1fff
Transpose 23 1 1 1 1 | T | perm:ints | T=1fff
Transpose 24 1 1 1 1 | T | perm:ints | T=1fff
Transpose 25 1 1 1 1 | T | perm:ints | T=1fff
Trilu 14 1 2 1 1 | T =40? | upper:int | T=1fff
Unique 11 1 1 1 4 | T | axis:int sorted:int | T=fff
Unique 28 1 1 1 4 | T | axis:int sorted:int | T=1fff
Unsqueeze 1 1 1 1 1 | T | axes!:ints | T=fff
Unsqueeze 11 1 1 1 1 | T | axes!:ints | T=fff
Unsqueeze 13 2 2 1 1 | T =40 |  | T=1fff
Unsqueeze 21 2 2 1 1 | T =40 |  | T=1fff
Unsqueeze 23 2 2 1 1 | T =40 |  | T=1fff
Unsqueeze 24 2 2 1 1 | T =40 |  | T=1fff
Unsqueeze 25 2 2 1 1 | T =40 |  | T=1fff
Upsample 1 1 1 1 1 | T | height_scale!:float mode:string width_scale!:float | T=3e1
Upsample 7 1 1 1 1 | T | mode:string scales!:floats | T=fff
Upsample 9 2 2 1 1 | T =1 | mode:string | T=fff
Upsample 10 2 2 1 1 deprecated | T =1 | mode:string | T=fff
Where 9 3 3 1 1 | B T T |  | B=80 T=fff
Where 16 3 3 1 1 | B T T |  | B=80 T=1fff
Xor 1 2 2 1 1 | T T | axis:int broadcast:int | T=80 T1=80
Xor 7 2 2 1 1 | T T |  | T=80 T1=80
`;

/** The order of the bits. */
export const TYPES = [
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'bfloat16',
] as const;

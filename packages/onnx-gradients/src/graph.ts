/** `onnx-gradients/graph`: models as data, and graphs to build by hand. Nothing here reads or writes files. */
export { type BuilderOptions, type EmitOptions, GraphBuilder, string, type Value } from './onnx/builder.js';
export { type DecodeBytesOptions, decodeBytes as decodeModel } from './onnx/codec/decode-bytes.js';
export type { ExternalRegion, ReadExternal } from './onnx/codec/decode-tensor.js';
export type { Place } from './onnx/codec/encode-graph.js';
export { encodeModel } from './onnx/codec/encode-model.js';
export { type DumpOptions, dump } from './onnx/dump/dump.js';
export { valueTypes } from './onnx/dump/value-types.js';
export { type ElementType, TYPED_ARRAYS, type TensorData } from './onnx/element-type.js';
export { fold } from './onnx/fold/fold.js';
export type {
  Attribute,
  Attributes,
  Dimension,
  Graph,
  Integer,
  Model,
  Node,
  ValueInfo,
} from './onnx/graph.js';
export { decodeBfloat16, decodeHalf, encodeHalf } from './onnx/half.js';
export { type InlineOptions, inline } from './onnx/inline.js';
export { ModelError } from './onnx/model-error.js';
export { assertNamed, type KeepOptions, type PrepareOptions, prepareModel } from './onnx/prepare-model.js';
export { settledValues } from './onnx/settled-values.js';
export {
  byteLength,
  elementCount,
  float32,
  int64,
  type Shape,
  type Tensor,
  type TensorOrigin,
  type TensorType,
  tensor,
  toNumbers,
} from './onnx/tensor.js';

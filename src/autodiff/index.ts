/** What the package `onnx-gradients` offers everywhere; files are in `node.ts`. */
export { type BuilderOptions, type EmitOptions, GraphBuilder, type Value } from '../onnx/builder.js';
export { type DecodeBytesOptions, decodeBytes as decodeModel } from '../onnx/codec/decode-bytes.js';
export { encodeModel } from '../onnx/codec/encode-model.js';
export { dump } from '../onnx/dump/dump.js';
export type { Attribute, Attributes, Graph, Model, Node, ValueInfo } from '../onnx/graph.js';
export { inline } from '../onnx/inline.js';
export { ModelError } from '../onnx/model-error.js';
export { type PrepareOptions, prepareModel } from '../onnx/prepare-model.js';
export type { Shape, Tensor, TensorType } from '../onnx/tensor.js';
export {
  type DifferentiateOptions,
  differentiateModel,
  hessianProductModel,
  UnknownValue,
} from './differentiate-model.js';
export { type GradientRequest, gradients } from './gradients.js';
export { NotDifferentiable } from './not-differentiable.js';

/** `onnx-gradients/node`: models in files. */
export { type Extent, writeAtomically } from './onnx/codec/atomic-file.js';
export { type DecodeOptions, decodeModel, externalFilesOf, readModel } from './onnx/codec/read-model.js';
export { type WriteOptions, type WrittenWeights, writeModel, writeModels } from './onnx/codec/write-model.js';

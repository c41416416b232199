/** What the package `onnx-gradients` offers where there are files. */
export { readModel } from '../onnx/codec/read-model.js';
export { type WriteOptions, writeModel, writeModels } from '../onnx/codec/write-model.js';

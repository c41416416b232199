/** `onnx-gradients/ops`: one function an operator, which adds its node to a graph under construction. */
export * from './onnx/ops.js';

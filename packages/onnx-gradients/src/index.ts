/** `onnx-gradients`: gradients of models as models, and what is needed to make them; files are in `onnx-gradients/node`. */
export {
  type DifferentiateOptions,
  differentiateModel,
  hessianProductModel,
  UnknownValue,
} from './autodiff/differentiate-model.js';
export { type GradientRequest, gradients } from './autodiff/gradients.js';
export { rematerialise } from './autodiff/memory/rematerialise.js';
export { NotDifferentiable } from './autodiff/not-differentiable.js';
export * from './graph.js';

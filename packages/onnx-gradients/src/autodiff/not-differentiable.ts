import { printable } from '../onnx/printable.js';

/**
 * An operator, or one of its attributes, has no gradient here. Its message is one sentence that names operator, node
 * and opset, fit to be shown to whoever brought the network.
 */
export class NotDifferentiable extends Error {
  override readonly name = 'NotDifferentiable';

  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

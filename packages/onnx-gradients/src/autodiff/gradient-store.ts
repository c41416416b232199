import type { GraphBuilder, Value } from '../onnx/builder.js';
import { broadcastsTo } from './broadcast.js';

/** The gradients collected so far, by value name; each is the sum of all contributions that have arrived. */
export class GradientStore {
  readonly #builder: GraphBuilder;
  /** Each broadcasts to the shape of the value it belongs to and shares its element type. */
  readonly #gradients = new Map<string, Value>();

  constructor(builder: GraphBuilder) {
    this.#builder = builder;
  }

  has(name: string): boolean {
    return this.#gradients.has(name);
  }

  get(name: string): Value | undefined {
    return this.#gradients.get(name);
  }

  /**
   * Adds a contribution to dL/dvalue.
   *
   * @throws when its type does not fit the value's.
   */
  add(value: Value, contribution: Value): void {
    const { elementType, shape } = value.type;
    if (contribution.type.elementType !== elementType) {
      throw new Error(`gradient is ${contribution.type.elementType}, expected ${elementType}`);
    }
    if (!broadcastsTo(contribution.type.shape, shape)) {
      throw new Error(`gradient has shape [${contribution.type.shape}], expected [${shape}]`);
    }
    const known = this.#gradients.get(value.name);
    this.#gradients.set(value.name, known ? this.#builder.op('Add', [known, contribution]) : contribution);
  }
}

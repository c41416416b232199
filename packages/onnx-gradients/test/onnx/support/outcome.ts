import { differentiateModel, UnknownValue } from '../../../src/autodiff/differentiate-model.js';
import { NotDifferentiable } from '../../../src/autodiff/not-differentiable.js';
import { decodeModel } from '../../../src/onnx/codec/read-model.js';
import { encodeModel } from '../../../src/onnx/codec/write-model.js';
import { dump } from '../../../src/onnx/dump/dump.js';
import { isFloat } from '../../../src/onnx/element-type.js';
import type { Model } from '../../../src/onnx/graph.js';
import { ModelError } from '../../../src/onnx/model-error.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';

/** How far a file came, and the sentence that stopped it. */
export interface Outcome {
  readonly prepared?: Model;
  readonly differentiated?: Model;
  readonly sentences: readonly string[];
}

/** A step's result, or its refusal in one sentence; anything else is a fault, and thrown. */
function attempt<Result>(sentences: string[], step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    const isRefusal =
      error instanceof ModelError || error instanceof NotDifferentiable || error instanceof UnknownValue;
    if (!isRefusal) throw error;
    const isRaw = /not a function|is not iterable|BigInt|Invalid (typed )?array|undefined \(reading/.test(
      error.message,
    );
    const isPrintable = !/[\p{Cc}\p{Cf}]/u.test(error.message);
    if (isRaw || !isPrintable || !/\.$/.test(error.message))
      throw new Error(`A sentence that is none: ${JSON.stringify(error.message)}`, { cause: error });
    sentences.push(error.message);
    return undefined;
  }
}

/**
 * Reads, shows, prepares and differentiates a file as the command line would, and reads back what that wrote; open
 * dimensions are 2.
 *
 * @throws where something else than a sentence for a person comes of it.
 */
export function outcomeOf(bytes: Uint8Array): Outcome {
  const sentences: string[] = [];
  const model = attempt(sentences, () => decodeModel(bytes, { name: 'file.onnx' }));
  if (!model) return { sentences };
  dump(model);
  const open = model.graph.inputs.flatMap(({ shape = [] }) =>
    shape.filter((size) => typeof size === 'string'),
  );
  const dimensions = Object.fromEntries(open.map((name) => [name, 2]));
  const prepared = attempt(sentences, () => prepareModel(model, { dimensions }));
  if (prepared) {
    dump(prepared);
    decodeModel(encodeModel(prepared), { name: 'prepared.onnx' });
  }
  const of = model.graph.outputs[0]?.name;
  const wrt = model.graph.inputs.find(({ elementType }) => elementType && isFloat(elementType))?.name;
  if (of === undefined || wrt === undefined) return { ...(prepared && { prepared }), sentences };
  const differentiated = attempt(sentences, () => differentiateModel(model, { of, wrt: [wrt], dimensions }));
  if (differentiated) decodeModel(encodeModel(differentiated), { name: 'gradient.onnx' });
  return { ...(prepared && { prepared }), ...(differentiated && { differentiated }), sentences };
}

import type { GraphBuilder, Value } from '../onnx/builder.js';
import { decodeModel } from '../onnx/codec/read-model.js';
import { inline } from '../onnx/inline.js';
import type { LoadedModel } from './load-model.js';

/** How a manifest names a graph file with the tensors that matter. */
export interface GraphReference {
  readonly file: string;
  readonly input: string;
  readonly output: string;
}

/** A network that emits itself into a graph; the input's shape fixes its dimensions. */
export type EmitNetwork = (b: GraphBuilder, input: Value) => Value;

/**
 * Reads one of a model's networks; several emissions share its weights.
 *
 * @throws UserError when the file is damaged; ModelError when it is not a model; on emission a sentence naming operator, node
 *   and opset for what is not supported.
 */
export async function readNetwork(
  model: LoadedModel,
  reference: GraphReference,
  prefix: string,
): Promise<EmitNetwork> {
  const name = `${model.manifest.name}/${reference.file}`;
  const network = decodeModel(await model.read(reference.file), { name, folder: model.folder });
  return (b, input) => {
    const outputs = inline(b, network, { inputs: { [reference.input]: input }, prefix });
    const value = Object.hasOwn(outputs, reference.output) ? outputs[reference.output] : undefined;
    if (!value) throw new Error(`${name} has no output "${reference.output}".`);
    return value;
  };
}

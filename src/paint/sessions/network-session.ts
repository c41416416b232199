import { fold, GraphBuilder, type Model, type Tensor, type TensorType } from 'onnx-gradients/graph';
import type { OnnxReference } from '../../contracts/manifest.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import type { EmitNetwork } from '../../zoo/network.js';
import { verifyOnnx } from '../../zoo/verify-onnx.js';
import { openCached } from './open-cached.js';
import { opensOnce } from './opens-once.js';
import { WarmShelf } from './warm-shelf.js';

/** Shapes of a built network that stay open. */
const PLACES = 2;

/** A network that runs by itself, on the processor: an encoder, a text tower. Opened when it first runs. */
export interface NetworkSession {
  /** The network's output for an input of any shape that it takes. */
  run(input: Tensor): Promise<Tensor>;
  release(): Promise<void>;
}

export interface NetworkSessionOptions {
  readonly model: LoadedModel;
  readonly runtime: Runtime;
  /** Names it among the model's graphs in the cache. */
  readonly name: string;
  readonly reference: OnnxReference | { readonly weights: string };
  /** Reads the network where it is not an ONNX file. */
  readonly read: () => Promise<EmitNetwork>;
}

/** ONNX files are opened as they are, with their external data; networks that Easel builds, once a shape. */
export function createNetworkSession(options: NetworkSessionOptions): NetworkSession {
  const { reference } = options;
  return 'file' in reference ? onnxSession(options, reference) : builtSession(options);
}

function onnxSession(
  { model, runtime }: NetworkSessionOptions,
  { file, input: inputName, output: outputName }: OnnxReference,
): NetworkSession {
  const session = opensOnce(async () => {
    const { path } = await verifyOnnx(model, file);
    const opened = await runtime.open({ model: path, onCpu: true });
    expectNames(opened, {
      where: `${model.manifest.name}/${file}`,
      inputs: [inputName],
      outputs: [outputName],
    });
    return opened;
  });
  return {
    run: async (input) => {
      const results = await (await session.get()).run({ [inputName]: input }, [outputName]);
      return results[outputName] ?? missing(outputName);
    },
    release: () => session.release(),
  };
}

function builtSession({ model, runtime, name, read }: NetworkSessionOptions): NetworkSession {
  const shelf = new WarmShelf<Session>(PLACES);
  const open = async (input: TensorType): Promise<Session> => {
    const { opened } = await openCached<Session>({
      ...{ model, runtime, key: [name, ...input.shape], names: [name], onCpu: true },
      build: async () => ({ [name]: networkGraph(await read(), input) }),
      open: (session) => session(name),
    });
    return opened;
  };
  return {
    run: async (input) => {
      const { elementType, shape } = input;
      const key = shape.join();
      const session = shelf.find(key) ?? (await shelf.add(key, () => open({ elementType, shape })));
      const results = await session.run({ input });
      return results['output'] ?? missing('output');
    },
    release: () => shelf.release(),
  };
}

/** A network alone as a graph, for one shape of its input. */
export function networkGraph(emit: EmitNetwork, input: TensorType): Model {
  const b = new GraphBuilder({ fold });
  b.output(emit(b, b.input('input', input)), 'output');
  return b.build('network');
}

interface ExpectedNames {
  /** The model and the file. */
  readonly where: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** @throws where a graph's inputs are not the ones that it will be given, or it lacks an output. */
export function expectNames(session: Session, { where, inputs, outputs }: ExpectedNames): void {
  const { inputNames, outputNames } = session;
  const lacking = outputs.find((name) => !outputNames.includes(name));
  if (lacking !== undefined)
    throw new Error(`${where} has no output "${lacking}", but ${listed(outputNames)}.`);
  if ([...inputs].sort().join() === [...inputNames].sort().join()) return;
  throw new Error(`${where} takes ${listed(inputNames)}, expected ${listed(inputs)}.`);
}

const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ') || 'nothing';

function missing(output: string): never {
  throw new Error(`The network has no output ${output}.`);
}

import type { Model, TensorType } from 'onnx-gradients/graph';
import type { ClipReference } from '../../contracts/manifest.js';
import type { MemoryNeed } from '../../runtime/memory-need.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { type EmitNetwork, readEncoder, readTextTower } from '../../zoo/network.js';
import { BASE_BYTES, memoryNeedOf } from '../sessions/memory-need.js';
import { networkGraph } from '../sessions/network-session.js';
import { buildStep, type StepperKey } from './open-stepper.js';

/** What painting takes on the processor, in bytes, before anything is opened. */
export interface MemoryPlan {
  /** Text towers and the encoder, which stay open beside the step. */
  readonly towers: MemoryNeed;
  readonly step: MemoryNeed;
  readonly total: number;
}

/** Plans the memory of a request's shape by building its graphs, with weights that stay where they are. */
export async function planMemory(loaded: LoadedModel, key: StepperKey): Promise<MemoryPlan> {
  const model: LoadedModel = { ...loaded, isHollow: true };
  const step = memoryNeedOf(await buildStep(model, key));
  const towers = memoryNeedOf(await buildTowers(model, key));
  const total = BASE_BYTES + step.weights + step.values + towers.weights + towers.values;
  return { towers, step, total };
}

async function buildTowers(model: LoadedModel, { rows, columns, clips }: StepperKey) {
  const { encoder, factor } = model.manifest.vqgan;
  const graphs: Record<string, Model> = {};
  const add = (name: string, emit: EmitNetwork, input: TensorType) => {
    graphs[name] = networkGraph(emit, input);
  };
  if (encoder) {
    const shape = [1, 3, rows * factor, columns * factor];
    add('encode', await readEncoder(model, encoder), { elementType: 'float32', shape });
  }
  for (const index of clips) {
    const { text } = model.manifest.clips[index] as ClipReference; // the caller took it from the manifest
    const shape = [1, text.context];
    add(`text-${index}`, await readTextTower(model, text), { elementType: 'int64', shape });
  }
  return graphs;
}

import { encodeModel, GraphBuilder, type Model } from 'onnx-gradients/graph';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import type { PriorReference } from '../../contracts/manifest.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import { codePlan, codeStep, outsideOf, placesOf } from '../../zoo/architectures/code-transformer.js';
import type { WeightSource } from '../../zoo/architectures/weight-source.js';
import { BESIDE, floats, type PriorNetworks } from './prior-networks.js';

type Sampling = Extract<PriorReference, { readonly sampling: unknown }>['sampling'];

export interface BuildPriorOptions {
  readonly runtime: Runtime;
  readonly config: CodeTransformerConfig;
  readonly sampling: Sampling;
  readonly weights: WeightSource;
}

/** A prior whose networks Easel builds: the planner at its first use, the step anew for every other number of rows. */
export function buildPrior({ runtime, config, sampling, weights }: BuildPriorOptions): PriorNetworks {
  const [rows, columns] = config.grid;
  const open = (model: Model) => runtime.open({ model: encodeModel(model), ...BESIDE });
  let planner: Promise<Session> | undefined;
  let stepper: { readonly rows: number; readonly session: Promise<Session> } | undefined;
  const stepperFor = async (count: number): Promise<Session> => {
    if (stepper?.rows !== count) {
      await (await stepper?.session)?.release();
      stepper = { rows: count, session: open(stepGraph(config, weights, count)) };
    }
    return stepper.session;
  };
  return {
    facts: {
      ...sampling,
      ...{ rows, columns, width: config.width, layers: config.layers, heads: config.heads },
      size: config.width / config.heads,
      outside: outsideOf(config),
    },
    plan: async (ids) => {
      planner ??= open(planGraph(config, weights));
      return floats((await (await planner).run({ ids }))['plan']);
    },
    step: async ({ codes, position, plan, past }) => {
      const session = await stepperFor(codes.shape[0] ?? 1);
      const { logits, present } = await session.run({ near: codes, position, plan, past });
      return { logits: floats(logits), present: floats(present) };
    },
    release: async () => {
      await (await planner)?.release();
      await (await stepper?.session)?.release();
    },
  };
}

function planGraph(config: CodeTransformerConfig, weights: WeightSource): Model {
  const builder = new GraphBuilder();
  const ids = builder.input('ids', { elementType: 'int64', shape: [2, config.context] });
  builder.output(codePlan({ builder, weights }, config, ids), 'plan');
  return builder.build('code-plan');
}

function stepGraph(config: CodeTransformerConfig, weights: WeightSource, rows: number): Model {
  const builder = new GraphBuilder();
  const { layers, heads, width } = config;
  const float = (name: string, shape: readonly number[]) =>
    builder.input(name, { elementType: 'float32', shape });
  const near = builder.input('near', { elementType: 'int64', shape: [rows, 3] });
  const position = builder.input('position', { elementType: 'int64', shape: [1] });
  const plan = float('plan', [rows, width]);
  const past = float('past', [layers, 2, rows, heads, placesOf(config), width / heads]);
  const { logits, present } = codeStep({ builder, weights }, { config, near, position, plan, past });
  builder.output(logits, 'logits');
  builder.output(present, 'present');
  return builder.build('code-step');
}

import type { Manifest, PriorReference } from '../../contracts/manifest.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { readWeights } from '../../zoo/read-weights.js';
import { createTokenizer } from '../../zoo/tokenizer.js';
import { buildPrior } from './build-prior.js';
import { createPrior, type Prior } from './create-prior.js';
import { openOnnxPrior } from './prior-networks.js';

/** Opens a model's prior. @throws UserError when a file is damaged. */
export async function openPrior(
  model: LoadedModel,
  runtime: Runtime,
  reference: PriorReference,
): Promise<Prior> {
  const networks =
    'file' in reference
      ? await openOnnxPrior(model, runtime, reference)
      : buildPrior({ ...reference, runtime, weights: (await readWeights(model, reference.weights)).weights });
  const [{ tokenizer }] = model.manifest.clips as [Manifest['clips'][number]]; // the schema wants at least one
  const context = networks.facts.empty.length;
  const { file, pad } = tokenizer;
  return createPrior(networks, createTokenizer(await model.read(file), { context, pad }));
}

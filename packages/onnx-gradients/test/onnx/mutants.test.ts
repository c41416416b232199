import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/onnx/codec/read-model.js';
import { encodeModel } from '../../src/onnx/codec/write-model.js';
import type { Model } from '../../src/onnx/graph.js';
import { FIXTURES } from '../support/folders.js';
import { mutated } from './support/mutate.js';
import { outcomeOf } from './support/outcome.js';
import { seeded } from './support/random.js';

/** `npm run test:fuzz` asks for 10,000. */
const MUTANTS = Number(process.env['FUZZ_MUTANTS'] ?? 150);
/** Newer ones than this the runtime of the tests does not know in every attribute. */
const NEWEST_KNOWN = 23;
const folder = join(FIXTURES, 'engine');
const sources = readdirSync(folder).map((file) =>
  decodeModel(readFileSync(join(folder, file)), { name: file }),
);

/** Whether the runtime judges the file as it stands: some of its own rewriting fails on pictures of no size. */
const isKnown = ({ opsets, graph }: Model) =>
  (opsets[''] ?? 0) <= NEWEST_KNOWN && graph.inputs.every(({ shape = [] }) => !shape?.includes(0));

/** @throws what ONNX Runtime says of a model that it does not take. */
async function open(bytes: Uint8Array): Promise<void> {
  const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 4 } as const;
  const session = await InferenceSession.create(bytes, options);
  await session.release();
}

describe('a file with something changed', () => {
  it(`ends in a model that ONNX Runtime takes too or in sentences, ${MUTANTS} times`, {
    timeout: 3_600_000,
  }, async () => {
    let prepared = 0;
    for (let seed = 0; seed < MUTANTS; seed += 1) {
      const r = seeded(seed);
      const source = r.pick(sources);
      const mutant = { ...source, graph: mutated(r, source.graph) };
      const bytes = encodeModel(mutant);
      try {
        const outcome = outcomeOf(bytes);
        if (!outcome.prepared) continue;
        prepared += 1;
        await open(encodeModel(outcome.prepared));
        if (isKnown(mutant)) await open(bytes);
      } catch (cause) {
        throw new Error(`Mutant ${seed}`, { cause });
      }
    }
    expect(prepared).toBeGreaterThan(MUTANTS / 10);
  });
});

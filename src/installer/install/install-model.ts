import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../contracts/manifest.js';
import { UserError } from '../../errors.js';
import { makeFolder } from '../../make-folder.js';
import { PRIVATE_FOLDER } from '../../private-files.js';
import { defaultShape } from '../../paint/step/default-shape.js';
import { planMemory } from '../../paint/step/plan-memory.js';
import type { Runtime } from '../../runtime/runtime.js';
import { type LoadedModel, loadModel } from '../../zoo/load-model.js';
import { worksInHalf } from '../check/check-half.js';
import { measureCodec } from '../check/check-codec.js';
import { checkModel, type Finding } from '../check/check-model.js';
import type { InstallPlan } from './install-plan.js';
import { openWorkbench, sweepWorkshop } from './workshop.js';
import { type Report, writeManifest, writeModel } from './write-model.js';

export interface InstallOptions {
  readonly plan: InstallPlan;
  readonly dataDir: string;
  /** What the self-check runs on. */
  readonly runtime: Runtime;
  readonly report: Report;
  /** Leaves the self-check out. */
  readonly unchecked?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Converts a model beside the others, checks what it does, and only then puts it among them; whatever fails leaves nothing.
 *
 * @throws UserError when there is a model of that name, when files do not fit, or when the self-check suspects a part.
 */
export async function installModel(options: InstallOptions): Promise<LoadedModel> {
  const { plan, dataDir, report, runtime, signal } = options;
  const target = join(dataDir, 'models', plan.name);
  await refuseTaken(target, plan.name);
  await sweepWorkshop(dataDir);
  makeFolder(join(dataDir, 'models'), PRIVATE_FOLDER);
  const folder = await openWorkbench(dataDir, plan.name);
  try {
    const manifest = await writeModel(folder, plan, report);
    signal?.throwIfAborted();
    if (!options.unchecked) await checkStaged({ folder, manifest, plan, runtime, report });
    signal?.throwIfAborted();
    await noteMemory(folder, report);
    signal?.throwIfAborted();
    await refuseTaken(target, plan.name);
    await rename(folder, target);
    return await loadModel({ folder: target });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Staged {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly plan: InstallPlan;
  readonly runtime: Runtime;
  readonly report: Report;
}

async function checkStaged({ folder, manifest, plan, runtime, report }: Staged): Promise<void> {
  if (plan.vqgan.range === undefined) report(await findRange(folder, manifest, runtime));
  const findings = await checkModel(await loadModel({ folder }), runtime);
  for (const { part, is } of findings) report(`${part} ${is}`);
  const suspects = findings.filter(({ suspect }) => suspect !== undefined);
  if (suspects.length > 0) throw new UserError(suspects.map(sentenceOf).join('\n'));
  report(await noteHalf(folder, runtime));
}

/** Notes whether the decoder may work in half precision, for devices that do. */
async function noteHalf(folder: string, runtime: Runtime): Promise<string> {
  const model = await loadModel({ folder });
  const half = await worksInHalf(model, runtime);
  await writeManifest(folder, { ...model.manifest, vqgan: { ...model.manifest.vqgan, half } });
  return `VQGAN: on a GPU its decoder works in ${half ? 'half' : 'single'} precision`;
}

/** What painting with the model's own defaults takes, for whoever lists it. */
async function noteMemory(folder: string, report: Report): Promise<void> {
  const model = await loadModel({ folder });
  const { manifest } = model;
  const { total } = await planMemory(model, defaultShape(manifest));
  await writeManifest(folder, { ...manifest, memory: Math.round(total) });
  const { width, height, cutouts } = manifest.defaults;
  report(
    `Painting at ${width} × ${height} with ${cutouts} cutouts takes ${(total / 1e9).toFixed(1)} GB of memory`,
  );
}

/** Ranges that published VQGANs have. */
const RANGES: readonly (readonly [number, number])[] = [
  [-1, 1],
  [0, 1],
];

/** Where nobody states the range of a model's pictures, the one that keeps a picture best is its own. */
async function findRange(folder: string, manifest: Manifest, runtime: Runtime): Promise<string> {
  let best = { decibels: Number.NEGATIVE_INFINITY, range: manifest.vqgan.range };
  for (const [low, high] of RANGES) {
    const range: [number, number] = [low, high];
    await writeManifest(folder, { ...manifest, vqgan: { ...manifest.vqgan, range } });
    const decibels = await measureCodec(await loadModel({ folder }), runtime);
    if (decibels > best.decibels) best = { decibels, range };
  }
  await writeManifest(folder, { ...manifest, vqgan: { ...manifest.vqgan, range: best.range } });
  return `VQGAN: its pictures range from ${best.range.join(' to ')}, as tried`;
}

function sentenceOf({ part, is, suspect }: Finding): string {
  return `The self-check keeps this model out: its ${part} only ${is}; ${suspect}.`;
}

async function refuseTaken(target: string, name: string): Promise<void> {
  const isFree = await access(target).then(
    () => false,
    () => true,
  );
  if (!isFree) {
    throw new UserError(
      `There is a model \`${name}\` already; \`easel models remove ${name}\` removes it, --name gives this one another.`,
    );
  }
}

import { readdir, stat, statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { messageOf } from '../errors.js';
import { isNodeRecent, oldestNode } from '../node-version.js';
import { profileStep } from '../paint/step/profile-step.js';
import { createRuntime } from '../runtime/create-runtime.js';
import { type Availabilities, probeProviders } from '../runtime/probe.js';
import { PROVIDERS } from '../runtime/runtime.js';
import { type ListedModel, listModels } from '../zoo/list-models.js';
import { loadModel } from '../zoo/load-model.js';
import { verifyModel } from '../zoo/verify-model.js';
import { asksForMemory, examineMemory, type MemoryOptions } from './examine-memory.js';
import type { Finding } from './finding.js';
import { addModelOptions, openModel } from './model-options.js';
import { addRequestOptions } from './request-options.js';
import { EXIT, type Shell } from './shell.js';

interface DoctorOptions extends MemoryOptions {
  readonly graph?: true;
  readonly json?: true;
}

/** Adds `doctor`. */
export function addDoctor(program: Command, shell: Shell): void {
  const command = program
    .command('doctor')
    .description(
      'say what this machine has and whether Easel can paint on it; with --size or --cutouts, what memory a painting takes',
    )
    .option('--graph', "run a step of the model and list where its graph's nodes ran")
    .option('--json', 'as JSON');
  addRequestOptions(command, ['size', 'cutouts', 'chunk', 'clips']);
  addModelOptions(command).action(async (options: DoctorOptions) => {
    const findings = await findingsFor(options, shell);
    const lines = findings.map(({ name, is, good }) => `${good ? '✓' : '✗'} ${name.padEnd(14)} ${is}\n`);
    shell.out(options.json ? `${JSON.stringify(findings, null, 2)}\n` : lines.join(''));
    if (findings.some(({ good }) => !good)) shell.exitWith(EXIT.fault);
  });
}

function findingsFor(options: DoctorOptions, shell: Shell): Promise<readonly Finding[]> {
  if (options.graph) return examineGraph(options, shell);
  return asksForMemory(options) ? examineMemory(options, shell) : examine(options, shell);
}

/** A line for every provider with its operators, and the verdict: no heavy node may be left on the processor. */
async function examineGraph(options: DoctorOptions, shell: Shell): Promise<readonly Finding[]> {
  const { model, runtime } = await openModel(options, shell);
  const { nodes, heavyOnCpu } = await profileStep(model, runtime);
  const total = nodes.reduce((sum, { ms }) => sum + ms, 0);
  const findings = [fine('device', `${runtime.provider} (${runtime.device}): ${runtime.reason}`)];
  for (const provider of new Set(nodes.map((node) => node.provider))) {
    const own = nodes.filter((node) => node.provider === provider);
    const ms = own.reduce((sum, node) => sum + node.ms, 0);
    findings.push(
      fine(provider, `${own.length} nodes, ${percent(ms / total)} of ${total.toFixed(0)} ms a step`),
    );
    for (const opType of new Set(own.map((node) => node.opType))) {
      const same = own.filter((node) => node.opType === opType);
      const share = same.reduce((sum, node) => sum + node.ms, 0) / total;
      findings.push(fine(`  ${opType}`, `${same.length} nodes, ${percent(share)}`));
    }
  }
  const left = heavyOnCpu.map(({ name, opType }) => `${opType} ${name}`).join(', ');
  const verdict =
    runtime.provider === 'cpu' ? 'all on the processor, as chosen' : 'none left on the processor';
  findings.push({
    name: 'heavy nodes',
    is: left === '' ? verdict : `on the processor: ${left}`,
    good: left === '',
  });
  return findings;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

async function examine(
  { model, provider, threads }: DoctorOptions,
  shell: Shell,
): Promise<readonly Finding[]> {
  const availabilities = probeProviders();
  const runtime = createRuntime({ provider, ...(threads !== undefined && { threads }) }, availabilities);
  const models = await listModels(shell.dataDir);
  if (!models.some(({ name }) => name === model)) await loadModel({ name: model, dataDir: shell.dataDir });
  return [
    nodeVersion(),
    fine('ONNX Runtime', runtime.version),
    fine(
      'processor',
      `${cpus()[0]?.model.trim() ?? arch()} (${platform()} ${arch()}), ${availableParallelism()} cores`,
    ),
    fine('memory', `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`),
    ...providers(availabilities),
    fine(`--provider ${provider}`, `${runtime.provider} (${runtime.device}): ${runtime.reason}`),
    ...(await Promise.all(models.map(modelFinding))),
    await cacheFinding(shell.cacheDir),
    await diskFinding(shell.cacheDir),
  ];
}

function nodeVersion(): Finding {
  const { node } = process.versions;
  return { name: 'Node', is: `${node} (${oldestNode()} or newer)`, good: isNodeRecent(node) };
}

function providers(availabilities: Availabilities): readonly Finding[] {
  return PROVIDERS.map((provider) => {
    const { available, software, reason } = availabilities[provider];
    const state = available
      ? software
        ? 'software only, never chosen by auto'
        : 'available'
      : 'not available';
    return fine(provider, `${state}: ${reason}`);
  });
}

/** Reads every file of a model, so that each hash is checked. */
async function modelFinding(entry: ListedModel): Promise<Finding> {
  const name = `model ${entry.name}`;
  if ('problem' in entry) return { name, is: entry.problem, good: false };
  const { manifest, manifestHash } = entry.model;
  try {
    const { files, bytes } = await verifyModel(entry.model);
    return fine(
      name,
      `${files} files, every hash right (${manifestHash.slice(0, 12)}), ${gigabytes(bytes)}, ${manifest.licence}`,
    );
  } catch (error) {
    return { name, is: messageOf(error), good: false };
  }
}

async function cacheFinding(cacheDir: string): Promise<Finding> {
  const entries = await readdir(cacheDir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const facts = await stat(join(parentPath, name)).catch(() => undefined);
      // What is linked here from a model takes no room of its own.
      return facts === undefined || facts.nlink > 1 ? 0 : facts.size;
    }),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return fine('cache', `${gigabytes(bytes)} in ${files.length} files, ${cacheDir}`);
}

/** The free space where the cache is, or will be. */
async function diskFinding(folder: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return { name: 'disk', is: `${gigabytes(free)} free at ${folder}`, good: free > 256e6 };
  } catch (error) {
    const parent = dirname(folder);
    if (parent === folder) return { name: 'disk', is: messageOf(error), good: false };
    return diskFinding(parent);
  }
}

function fine(name: string, is: string): Finding {
  return { name, is, good: true };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

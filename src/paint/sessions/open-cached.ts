import type { Model } from 'onnx-gradients/graph';
import { messageOf, UserError } from '../../errors.js';
import { findGraphs } from '../../runtime/graph-cache.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { memoryNeedOf, NotEnoughMemory } from './memory-need.js';

export interface CachedGraphs<Opened> {
  readonly model: LoadedModel;
  readonly runtime: Runtime;
  /** What the graphs depend on besides the model, ONNX Runtime and the provider. */
  readonly key: readonly (string | number)[];
  readonly names: readonly string[];
  /** Run on the processor whatever the runtime's provider. */
  readonly onCpu?: boolean;
  readonly build: () => Promise<Readonly<Record<string, Model>>>;
  /** Whether the machine must have room for the graphs. */
  readonly isLarge?: boolean;
  /** Opens sessions by graph name. */
  readonly open: (session: (name: string) => Promise<Session>) => Promise<Opened>;
}

/**
 * Opens graphs from the cache, or builds, caches and opens them; cached ones that do not open, whatever their hash says, are
 * built once more.
 *
 * @throws NotEnoughMemory when they are large and the machine has no room for them.
 */
export async function openCached<Opened>(
  options: CachedGraphs<Opened>,
): Promise<{ readonly opened: Opened; readonly cached: boolean }> {
  const { model, runtime, key, names, build, onCpu = false } = options;
  const find = () =>
    findGraphs({
      cacheDir: runtime.cacheDir,
      secret: runtime.cacheSecret,
      contents: model.contents,
      group: model.manifestHash,
      key: [runtime.version, runtime.provider, ...key],
      names,
      build,
      measure: memoryNeedOf,
    });
  const open = async ({ sources, need }: Awaited<ReturnType<typeof find>>) => {
    if (need && options.isLarge) await runtime.makeRoom?.(need.weights + need.values);
    const available = options.isLarge ? runtime.availableMemory() : undefined;
    if (need && available !== undefined && need.weights + need.values > available)
      throw new NotEnoughMemory(need, available);
    return options.open(async (name) => {
      const source = sources[name];
      if (!source) throw new Error(`There is no graph ${name}.`);
      return runtime.open({ ...source, onCpu }).catch((cause) => {
        // A provider that cannot work is the person's to know, not a graph's fault.
        if (cause instanceof UserError) throw cause;
        throw new Error(`The graph ${name} does not open: ${messageOf(cause)}`, { cause });
      });
    });
  };
  const found = await find();
  try {
    return { opened: await open(found), cached: found.cached };
  } catch (error) {
    if (!found.cached || error instanceof UserError || error instanceof NotEnoughMemory) throw error;
    await found.discard();
    return { opened: await open(await find()), cached: false };
  }
}

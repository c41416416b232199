import { randomBytes } from 'node:crypto';
import { availableParallelism, cpus } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import { messageOf, UserError } from '../errors.js';
import { openCarrying } from './carrying-session.js';
import { chooseProvider } from './choose-provider.js';
import { ort } from './onnxruntime.js';
import { type Availabilities, probeProviders } from './probe.js';
import { profileRuns } from './profile-runs.js';
import type { Provider, Runtime, RuntimeOptions, Session, SessionSource } from './runtime.js';
import { wrapSession } from './session.js';

/** Seals the cache of those who have no other. */
const ownSecret = randomBytes(32);

/**
 * Chooses a provider and opens sessions on it.
 *
 * @throws UserError when the provider is unknown or cannot work here.
 */
export function createRuntime(
  options: RuntimeOptions,
  availabilities: Availabilities = probeProviders(),
): Runtime {
  const { provider, reason } = chooseProvider(options.provider, availabilities);
  const threads = options.threads ?? availableParallelism();
  const placement = { provider, threads, spinning: options.spinning ?? true };
  return {
    provider,
    device: deviceName(provider, threads, availabilities),
    reason,
    threads,
    version: ort.env.versions.node ?? ort.env.versions.common,
    cacheDir: options.cacheDir,
    cacheSecret: options.cacheSecret ?? ownSecret,
    availableMemory: () =>
      options.memoryBytes ?? (provider === 'cpu' ? process.availableMemory() : undefined),
    open: (source) => openSession(source, placement),
    openCarrying: (model, carried) =>
      openCarrying(model, carried, (bytes, left) =>
        createSession({ model: bytes }, placement, provider === 'webgpu' ? { left } : {}),
      ),
    profile: (source, feeds, runs) =>
      profileRuns(async (prefix) => {
        const session = await createSession(source, placement, { profilePrefix: prefix });
        const { run, release } = wrapSession(session);
        return { run: () => run(feeds), end: () => session.endProfiling(), release };
      }, runs),
  };
}

interface Placement {
  readonly provider: Provider;
  readonly threads: number;
  readonly spinning: boolean;
}

async function openSession(source: SessionSource, placement: Placement): Promise<Session> {
  return wrapSession(await createSession(source, placement));
}

interface SessionExtras {
  /** Where a profile of it goes. */
  readonly profilePrefix?: string;
  /** Outputs that stay in the device's memory. */
  readonly left?: readonly string[];
}

async function createSession(
  source: SessionSource,
  { provider, threads, spinning }: Placement,
  { profilePrefix, left = [] }: SessionExtras = {},
): Promise<InferenceSession> {
  const onCpu = source.onCpu || provider === 'cpu';
  const options: InferenceSession.SessionOptions = {
    executionProviders: onCpu ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: source.threads ?? threads,
    executionMode: 'sequential',
    // Saving the optimised graph was tried: it opens 0.1 s sooner, but needs weights of its own for every shape.
    graphOptimizationLevel: 'all',
    // A memory pattern is one block for all values, allocated at the second run beside the pieces of the first: twice
    // the memory, and no time saved.
    enableMemPattern: false,
    // Warnings (3 hides them) are about our own graphs' constants and reach people as noise.
    logSeverityLevel: 3,
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
    ...(left.length > 0 && {
      preferredOutputLocation: Object.fromEntries(left.map((name) => [name, 'gpu-buffer'])),
    }),
    extra: { session: { intra_op: { allow_spinning: spinning ? '1' : '0' } } },
  };
  try {
    // Two calls, because the two kinds of source are two signatures.
    if (typeof source.model === 'string') return await ort.InferenceSession.create(source.model, options);
    return await ort.InferenceSession.create(source.model, options);
  } catch (cause) {
    if (onCpu) throw cause;
    throw new UserError(`The provider \`${provider}\` could not open the model: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function deviceName(provider: Provider, threads: number, availabilities: Availabilities): string {
  const processor = cpus()[0]?.model.trim() || process.arch;
  if (provider === 'cpu') return `${processor}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return availabilities[provider].software ? `${provider}, software adapter` : `${provider} device`;
}

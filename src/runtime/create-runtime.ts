import { availableParallelism, cpus } from 'node:os';
import ort from 'onnxruntime-node';
import { messageOf, UserError } from '../errors.js';
import { chooseProvider } from './choose-provider.js';
import { type Availabilities, probeProviders } from './probe.js';
import type { Provider, Runtime, RuntimeOptions, Session, SessionSource } from './runtime.js';
import { wrapSession } from './session.js';

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
  const spinning = options.spinning ?? true;
  return {
    provider,
    device: deviceName(provider, threads, availabilities),
    reason,
    threads,
    version: ort.env.versions.node ?? ort.env.versions.common,
    cacheDir: options.cacheDir,
    open: (source) => openSession(source, { provider, threads, spinning }),
  };
}

interface Placement {
  readonly provider: Provider;
  readonly threads: number;
  readonly spinning: boolean;
}

async function openSession(source: SessionSource, placement: Placement): Promise<Session> {
  const onCpu = source.onCpu || placement.provider === 'cpu';
  const sessionOptions: ort.InferenceSession.SessionOptions = {
    executionProviders: onCpu ? ['cpu'] : [placement.provider, 'cpu'],
    intraOpNumThreads: placement.threads,
    executionMode: 'sequential',
    // Saving the optimised graph was tried: it opens 0.1 s sooner, but needs weights of its own for every shape.
    graphOptimizationLevel: 'all',
    // Warnings (3 hides them) are about our own graphs' constants and reach people as noise.
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: placement.spinning ? '1' : '0' } } },
  };
  try {
    const session =
      typeof source.model === 'string'
        ? await ort.InferenceSession.create(source.model, sessionOptions)
        : await ort.InferenceSession.create(source.model, sessionOptions);
    return wrapSession(session);
  } catch (cause) {
    if (onCpu) throw cause;
    const reason = messageOf(cause);
    throw new UserError(`The provider \`${placement.provider}\` could not open the model: ${reason}`, {
      cause,
    });
  }
}

function deviceName(provider: Provider, threads: number, availabilities: Availabilities): string {
  const processor = cpus()[0]?.model.trim() || process.arch;
  if (provider === 'cpu') return `${processor}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return availabilities[provider].software ? `${provider}, software adapter` : `${provider} device`;
}

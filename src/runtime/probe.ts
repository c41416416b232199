import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ort } from './onnxruntime.js';
import { PROVIDERS, type Provider } from './runtime.js';

/** Whether a provider can work here, and the sentence that says why. */
export interface Availability {
  readonly available: boolean;
  /** A device that only imitates one (SwiftShader, lavapipe): correct, and hundreds of times too slow. */
  readonly software: boolean;
  readonly reason: string;
}

export type Availabilities = Readonly<Record<Provider, Availability>>;

/** What the probe asks of the machine, so that tests can answer for machines that are not at hand. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Providers that this build of ONNX Runtime can load, installed extras included. */
  readonly backends: ReadonlySet<string>;
  /** Whether the path exists. */
  readonly exists: (path: string) => boolean;
  readonly list: (folder: string) => readonly string[];
}

/**
 * Which providers can work here. Nothing is started: on Linux a GPU shows as a device node, elsewhere the operating
 * system always has a driver. Opening a session is the final proof.
 */
export function probeProviders(surroundings: Surroundings = thisMachine()): Availabilities {
  const entries = PROVIDERS.map((provider) => [provider, probe(provider, surroundings)] as const);
  return Object.fromEntries(entries) as Record<Provider, Availability>; // total: made from PROVIDERS
}

/** The facts of the machine the program runs on. */
export function thisMachine(): Surroundings {
  const library = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const binaries = join(library, 'bin', 'napi-v6', process.platform, process.arch);
  const backends = new Set(
    ort
      .listSupportedBackends()
      .filter(({ name, bundled }) => bundled || providerLibraryExists(binaries, name))
      .map(({ name }) => name),
  );
  return {
    platform: process.platform,
    environment: process.env,
    backends,
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  };
}

function providerLibraryExists(binaries: string, name: string): boolean {
  return [`libonnxruntime_providers_${name}.so`, `onnxruntime_providers_${name}.dll`].some((file) =>
    existsSync(join(binaries, file)),
  );
}

function probe(provider: Provider, surroundings: Surroundings): Availability {
  if (provider === 'cpu') return yes('the processor is always there');
  if (!surroundings.backends.has(provider)) return no(missing(provider, surroundings.platform));
  if (surroundings.platform !== 'linux') return yes(`${provider} is part of this build of ONNX Runtime`);
  const { environment, exists, list } = surroundings;
  const nvidia = list('/dev').find((entry) => /^nvidia\d+$/.test(entry));
  if (provider === 'cuda') {
    return nvidia ? yes(`/dev/${nvidia} is there`) : no('no NVIDIA device (/dev/nvidia0) is there');
  }
  const icd = environment['VK_ICD_FILENAMES'] ?? environment['VK_DRIVER_FILES'] ?? '';
  if (/swiftshader|lvp|lavapipe/i.test(icd)) {
    return { available: true, software: true, reason: `the Vulkan driver is software (${icd})` };
  }
  const render = list('/dev/dri').find((entry) => entry.startsWith('renderD'));
  if (render) return yes(`/dev/dri/${render} is there`);
  if (nvidia && exists('/dev/nvidiactl')) return yes(`/dev/${nvidia} is there`);
  return no('no GPU device (/dev/dri/renderD*, /dev/nvidia*) is there');
}

function missing(provider: Provider, platform: NodeJS.Platform): string {
  if (provider === 'cuda' && platform === 'linux') {
    return 'the CUDA provider is not installed (`npm run setup:cuda` fetches it)';
  }
  return `this build of ONNX Runtime for ${platform} has no ${provider} provider`;
}

const yes = (reason: string): Availability => ({ available: true, software: false, reason });
const no = (reason: string): Availability => ({ available: false, software: false, reason });

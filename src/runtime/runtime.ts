import type { Tensor } from 'onnx-gradients/graph';

/** Where graphs run. `auto` asks for the best that is really there. */
export const PROVIDERS = ['cuda', 'webgpu', 'coreml', 'dml', 'cpu'] as const;
export type Provider = (typeof PROVIDERS)[number];
export type ProviderChoice = Provider | 'auto';

export type Feeds = Readonly<Record<string, Tensor>>;

/** One graph ready to run. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs the graph on the calling thread; every output, or only those asked for. */
  run(feeds: Feeds, outputs?: readonly string[]): Promise<Readonly<Record<string, Tensor>>>;
  /** Runs the graph and writes the outputs named into the arrays given, which must have their types and shapes. */
  runInto(feeds: Feeds, outputs: Feeds): Promise<void>;
  release(): Promise<void>;
}

/** One graph ready to run, some of whose inputs are outputs of its run before and stay where the device has them. */
export interface CarryingSession {
  /** Gives those inputs their values. */
  carry(values: Feeds): void;
  /** Runs the graph once; returns the outputs that are not carried. */
  run(feeds: Feeds): Promise<Readonly<Record<string, Tensor>>>;
  /** What the carried inputs are now, copied to the process's memory. */
  carried(): Promise<Feeds>;
  /** Whether all of them lie in the device's memory and not in the process's. */
  isOnDevice(): boolean;
  release(): Promise<void>;
}

/** A graph to open: a model file on disk (with its external data beside it) or its bytes. */
export interface SessionSource {
  readonly model: string | Uint8Array;
  /** Run on the processor whatever the runtime's provider (small integer graphs, say). */
  readonly onCpu?: boolean;
  /** Instead of the runtime's: 1 for graphs so small that threads only wait for each other. */
  readonly threads?: number;
}

/** ONNX Runtime on one device, with the provider that was really found. */
export interface Runtime {
  readonly provider: Provider;
  /** The device's name for people: "NVIDIA H200", "AMD EPYC, 2 threads". */
  readonly device: string;
  /** Why this provider, in one sentence. */
  readonly reason: string;
  readonly threads: number;
  /** ONNX Runtime's version, part of every cache key. */
  readonly version: string;
  /** Where built graphs are kept; nowhere when absent. */
  readonly cacheDir: string | undefined;
  /** Seals what is kept there. */
  readonly cacheSecret: Uint8Array;
  /** Bytes that sessions may still take; undefined where the device does not tell. */
  availableMemory(): number | undefined;
  /** Told before sessions are opened that hold so many bytes: lets go of what others can do without. */
  makeRoom?(bytes: number): Promise<void>;
  open(source: SessionSource): Promise<Session>;
  /** Opens a graph that carries flat float32 values from run to run: by each such input, the output that it becomes. */
  openCarrying(model: Uint8Array, carried: Readonly<Record<string, string>>): Promise<CarryingSession>;
  /** Runs a graph a few times and tells where each of its nodes ran, and for how long. */
  profile(source: SessionSource, feeds: Feeds, runs: number): Promise<readonly ProfiledNode[]>;
}

/** A node as ONNX Runtime ran it, after its own optimisations. */
export interface ProfiledNode {
  readonly name: string;
  readonly opType: string;
  /** ONNX Runtime's name: `CPUExecutionProvider`, `WebGpuExecutionProvider`. */
  readonly provider: string;
  /** Per run, in milliseconds. */
  readonly ms: number;
}

export interface RuntimeOptions {
  readonly provider: ProviderChoice;
  /** Threads within an operator; ONNX Runtime's choice (physical cores) when absent. */
  readonly threads?: number;
  readonly cacheDir?: string;
  /** See `cacheSecret`; when absent, one that this process alone believes. */
  readonly cacheSecret?: Uint8Array;
  /** Bytes that sessions may take; what the system has free when absent. */
  readonly memoryBytes?: number;
  /** Whether idle threads spin (faster for one painting, wasteful in a service); true by default. */
  readonly spinning?: boolean;
}

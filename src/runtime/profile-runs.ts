import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProfiledNode } from './runtime.js';

/** What we read of ONNX Runtime's profile: one event a kernel a run, times in microseconds. */
const profileSchema = z.array(
  z.looseObject({
    name: z.string(),
    dur: z.number().optional(),
    args: z.looseObject({ op_name: z.string().optional(), provider: z.string().optional() }).optional(),
  }),
);

const KERNEL = '_kernel_time';

/** A session that writes a profile. */
interface ProfilingSession {
  readonly run: () => Promise<unknown>;
  /** Ends the profile, which writes it. */
  readonly end: () => void;
  readonly release: () => Promise<void>;
}

/** Opens a profiling session, runs it, and sums its profile up by node, the slowest first. */
export async function profileRuns(
  open: (prefix: string) => Promise<ProfilingSession>,
  runs: number,
): Promise<readonly ProfiledNode[]> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-profile-'));
  try {
    const session = await open(join(folder, 'profile'));
    try {
      for (let run = 0; run < runs; run += 1) await session.run();
      session.end();
    } finally {
      await session.release();
    }
    const [file = ''] = await readdir(folder);
    return sumUp(profileSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))), runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sumUp(events: z.output<typeof profileSchema>, runs: number): readonly ProfiledNode[] {
  const nodes = new Map<string, ProfiledNode>();
  for (const { name, dur = 0, args } of events) {
    if (!name.endsWith(KERNEL) || !args?.op_name || !args.provider) continue;
    const known = nodes.get(name)?.ms ?? 0;
    const ms = known + dur / 1000 / runs;
    nodes.set(name, {
      name: name.slice(0, -KERNEL.length),
      opType: args.op_name,
      provider: args.provider,
      ms,
    });
  }
  return [...nodes.values()].sort((a, b) => b.ms - a.ms);
}

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN_LIVES_MS } from '../world/interaction.js';
import type { World, WorldState } from '../world/world.js';
import { readGraph, writeGraph } from './graph-file.js';

/** Changes with what a world is made of; a file of another version is put aside. */
const VERSION = 1;

/** A world at rest, and what else its keeper wants to find again. */
export interface Kept<Extra> {
  readonly state: WorldState;
  readonly extra: Extra;
}

export interface WorldFile<Extra> {
  /** What was written last; undefined at the very first start. */
  read(): Kept<Extra> | undefined;
  write(world: World, extra: Extra): void;
}

/** `world.bin` in a folder, and beside it `files/` with what was uploaded; both are the stand-in's own. */
export function worldFile<Extra>(folder: string): WorldFile<Extra> {
  const path = join(folder, 'world.bin');
  const filesFolder = join(folder, 'files');
  mkdirSync(filesFolder, { recursive: true });
  return {
    read() {
      const bytes = readIfThere(path);
      if (bytes === undefined) return undefined;
      try {
        const { version, ...kept } = readGraph(bytes, filesFolder) as { version: number } & Kept<Extra>; // written below
        if (version === VERSION) return kept;
      } catch {
        // Written by another version of Node, or cut off.
      }
      renameSync(path, join(folder, `world-${Date.now()}.old`));
      return undefined;
    },
    write(world, extra) {
      const { bytes, files } = writeGraph({ version: VERSION, state: stateOf(world), extra }, filesFolder);
      const temporary = `${path}.new`;
      writeFileSync(temporary, bytes, { mode: 0o600 });
      renameSync(temporary, path);
      for (const name of readdirSync(filesFolder)) {
        if (/^[0-9a-f]{64}$/.test(name) && !files.has(name)) rmSync(join(filesFolder, name));
      }
    },
  };
}

function stateOf(world: World): WorldState {
  const { application, users, guilds, channels, messages, commands, uploads, lateEdits, clock } = world;
  // Nobody waits for an answer over a restart, and an ended token does nothing any more.
  const isUseful = ({ acknowledgement, createdAt }: { acknowledgement: unknown; createdAt: number }) =>
    acknowledgement !== undefined && clock.now() - createdAt <= TOKEN_LIVES_MS;
  const interactions = new Map([...world.interactions].filter(([, interaction]) => isUseful(interaction)));
  const lastId = world.nextId();
  return {
    application,
    users,
    guilds,
    channels,
    messages,
    commands,
    interactions,
    uploads,
    lateEdits,
    lastId,
  };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

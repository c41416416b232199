import { expect, it } from 'vitest';
import { NOWHERE } from '../../bench/docs/nowhere.js';
import { createProgram } from '../../src/cli/create-program.js';

const namesOf = async (first?: string) =>
  (await createProgram(NOWHERE, first)).commands.map((command) => command.name());

it('every subcommand is found by its name, and few others are loaded with it', async () => {
  const all = await namesOf();
  expect(all).toContain('imagine');
  for (const name of all) {
    const loaded = await namesOf(name);
    expect(loaded).toContain(name);
    expect(loaded.length).toBeLessThan(all.length / 3);
  }
});

it('all are there for the help and for a slip', async () => {
  const all = await namesOf();
  expect(await namesOf('help')).toEqual(all);
  expect(await namesOf('imagin')).toEqual(all);
});

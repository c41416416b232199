import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Prompts that were fixed before training, and who judges pictures of them. */
export interface PromptSet {
  readonly name: SetName;
  readonly texts: readonly string[];
  /** What each prompt asks for, in their order; one name where all are alike. */
  readonly groups: readonly string[];
  /** The folder of the judge that learnt such pictures. */
  readonly judge: string;
  /** Sheets of real pictures that no training saw, in the order of the prompts. */
  readonly ceilings: readonly string[];
}

const JUDGES = import.meta.dirname;
const PROMPTS = join(import.meta.dirname, '..', '..', 'training', 'judge');

const SETS = {
  fifty: {
    ...{ prompts: 'prompts.json', judge: JUDGES },
    ceilings: ['real-0.png', 'real-1.png', 'real-2.png'],
  },
  hundred: {
    ...{ prompts: 'prompts-scenes.json', judge: join(JUDGES, 'scenes') },
    ceilings: ['real-0.webp', 'real-1.webp', 'real-2.webp'],
  },
} as const;

export type SetName = keyof typeof SETS;
export const SET_NAMES = Object.keys(SETS) as readonly SetName[]; // the table's own keys

export function readPromptSet(name: SetName): PromptSet {
  const { prompts: file, judge, ceilings } = SETS[name];
  const { prompts } = JSON.parse(readFileSync(join(PROMPTS, file), 'utf8')) as {
    prompts: readonly { readonly text: string; readonly group?: string }[];
  };
  return {
    ...{ name, judge, ceilings: ceilings.map((sheet) => join(judge, sheet)) },
    texts: prompts.map(({ text }) => text),
    groups: prompts.map(({ group = 'things' }) => group),
  };
}

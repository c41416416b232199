import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import type { Jobs } from '../../jobs/api.js';
import { oneLine, shorten } from '../words/markdown.js';

/** Discord's limits for what is offered while somebody types. */
export const CHOICES = 25;
export const NAME_LENGTH = 100;

/** Waiting and running jobs to choose from, those whose prompt or id contains what was typed. */
export function jobChoices(
  jobs: Jobs,
  isOffered: (job: Job) => boolean,
  typed: string,
): APIApplicationCommandOptionChoice<string>[] {
  const { running, waiting } = jobs.snapshot({ limit: Number.MAX_SAFE_INTEGER });
  const wanted = typed.trim().toLowerCase();
  const rows = [
    ...running.map(({ job }) => ({ job, mark: '🎨' })),
    ...waiting.map(({ job, position }) => ({ job, mark: `${position}.` })),
  ];
  return rows
    .filter(({ job }) => isOffered(job))
    .map(({ job, mark }) => ({
      name: `${mark} ${oneLine(formatPrompts(job.request.prompts))}`,
      value: job.id,
    }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
    .slice(0, CHOICES)
    .map(({ name, value }) => ({ name: shorten(name, NAME_LENGTH), value }));
}

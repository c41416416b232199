import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import type { Jobs } from '../../jobs/api.js';
import { oneLine, shorten } from '../words/markdown.js';

/** Discord's limits for what is offered while somebody types. */
export const CHOICES = 25;
export const NAME_LENGTH = 100;
/** How many finished pictures are looked through. */
const RECENT = 100;
/** How far into the line somebody's words are looked for: this is asked at every key. */
const SEARCHED = 500;

type Choice = APIApplicationCommandOptionChoice<string>;

/** A server's waiting and running jobs to choose from, those whose prompt or id contains what was typed. */
export function jobChoices(jobs: Jobs, guildId: string | null, typed: string): Choice[] {
  if (guildId === null) return [];
  const { running, waiting } = jobs.snapshot({ guildId, limit: typed === '' ? CHOICES : SEARCHED });
  return choicesOf(
    [
      ...running.map(({ job }) => ({ job, mark: '🎨' })),
      ...waiting.map(({ job, position }) => ({ job, mark: `${position}.` })),
    ],
    typed,
  );
}

/** A person's own waiting and running jobs, those whose prompt or id contains what was typed. */
export function livingChoices(jobs: Jobs, userId: string, typed: string): Choice[] {
  const marked = jobs.living(userId).map((job) => {
    const place = jobs.position(job.id)?.position;
    return { job, mark: place === undefined ? '🎨' : `${place}.` };
  });
  return choicesOf(marked, typed);
}

/** A person's own jobs and latest pictures. */
export async function ownChoices(jobs: Jobs, userId: string, typed: string): Promise<Choice[]> {
  const recent = await jobs.recent(userId, RECENT);
  const finished = choicesOf(
    recent.map((job) => ({ job, mark: '🖼️' })),
    typed,
  );
  return [...livingChoices(jobs, userId, typed), ...finished].slice(0, CHOICES);
}

function choicesOf(rows: readonly { readonly job: Job; readonly mark: string }[], typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return rows
    .map(({ job, mark }) => ({
      name: `${mark} ${oneLine(formatPrompts(job.request.prompts))}`,
      value: job.id,
    }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
    .slice(0, CHOICES)
    .map(({ name, value }) => ({ name: shorten(name, NAME_LENGTH), value }));
}

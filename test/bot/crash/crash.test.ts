import { describe, expect, it } from 'vitest';
import { formatKill, type Kill } from './kill.js';
import { planKills, seededRandom } from './plan-kills.js';
import { survive } from './survive.js';

/** `npm run test:crash` sets more. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 13);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
const KILLS_A_STORY = 5;

describe('killed at any point, bot or painter', () => {
  const random = seededRandom(SEED);
  const kills = planKills(KILLS, random);
  const stories = Array.from({ length: Math.ceil(KILLS / KILLS_A_STORY) }, (_, index) =>
    kills.slice(index * KILLS_A_STORY, (index + 1) * KILLS_A_STORY),
  );
  const happened: Kill[] = [];

  it.each(stories.map((story) => ({ story, title: story.map(formatKill).join(', ') })))(
    'every accepted picture is painted and posted once: $title',
    async ({ story }) => {
      happened.push(...(await survive(story, random)));
    },
    600_000,
  );

  it('every kill did happen', () => {
    const planned = histogram(kills);
    const reached = histogram(happened);
    for (const [point, count] of planned) {
      process.stdout.write(`${point.padEnd(24)} ${reached.get(point) ?? 0} of ${count}\n`);
    }
    expect(reached).toEqual(planned);
  });
});

function histogram(kills: readonly Kill[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { victim, point } of kills) {
    const name = `${victim} ${point}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

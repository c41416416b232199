import type { Client } from 'discord.js';
import { expect, it } from 'vitest';
import type { JobListener } from '../../../src/jobs/api.js';
import { showPresence } from '../../../src/discord/showing/presence.js';
import { heldClock } from '../support.js';

it('tells the line beside the name, at a pace Discord allows, and only what changed', async () => {
  const clock = heldClock();
  const told: string[] = [];
  let line = { running: [] as unknown[], waitingTotal: 0 };
  let hear: JobListener = () => {};
  const client = {
    isReady: () => true,
    user: {
      setPresence: ({ activities: [activity] }: { activities: { state: string }[] }) =>
        told.push(activity?.state ?? ''),
    },
  } as unknown as Client; // all of it that is used
  const jobs = {
    snapshot: () => line as never,
    on: (listener: JobListener) => {
      hear = listener;
      return () => {};
    },
  };
  showPresence({ client, jobs, clock });
  expect(told).toEqual(['Free: /imagine']);
  for (let waitingTotal = 1; waitingTotal <= 100; waitingTotal += 1) {
    line = { running: [{}], waitingTotal };
    hear({ type: 'line' });
  }
  expect(told).toHaveLength(1);
  await clock.advance(10_000);
  expect(told).toEqual(['Free: /imagine', 'Painting 1 · 100 in line']);
  hear({ type: 'line' });
  await clock.advance(10_000);
  expect(told).toHaveLength(2);
});

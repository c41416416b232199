import { describe, expect, it } from 'vitest';
import { painterEnvironment } from '../../src/workers/painter-environment.js';

describe('painterEnvironment', () => {
  it('passes what programs and drivers need', () => {
    const needed = {
      PATH: '/bin',
      HOME: '/root',
      LC_ALL: 'C',
      VK_ICD_FILENAMES: 'x',
      CUDA_VISIBLE_DEVICES: '0',
    };
    expect(painterEnvironment(needed)).toEqual(needed);
  });

  it('passes nothing it does not know, whatever it is called', () => {
    const secrets = {
      DISCORD_TOKEN: 'a',
      DATABASE_URL: 'b',
      REDIS_URL: 'c',
      AWS_SECRET_ACCESS_KEY: 'd',
      MY_HOME: 'e',
      NODE_OPTIONS: '--require ./evil.cjs',
      PATHS: 'f',
      EMPTY: undefined,
    };
    expect(painterEnvironment(secrets)).toEqual({});
  });
});

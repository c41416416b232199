import { describe, expect, it } from 'vitest';
import { composeRequest, type Wish } from '../../src/requests/compose-request.js';
import { inStyle, unstyled } from '../../src/requests/in-style.js';
import { STYLES } from '../../src/requests/styles.js';
import { facts } from './facts.js';

const castle = { text: 'a castle', weight: 1 };

describe('a style', () => {
  it('is said behind what is painted towards, not behind what is painted away from', () => {
    const fog = { text: 'fog', weight: -0.5 };
    expect(inStyle([castle, fog], 'oil')).toEqual([
      { text: `a castle, ${STYLES['oil']?.words}`, weight: 1 },
      fog,
    ]);
  });

  it('brings what it is not', () => {
    expect(inStyle([castle], 'ink').at(-1)).toEqual({ text: 'color', weight: -0.3 });
  });

  it('brings settings, unless they were given', () => {
    const compose = (wish: Partial<Wish>) => composeRequest({ prompts: [castle], ...wish }, facts);
    expect(compose({ style: 'ink' }).saturation).toBe(-4);
    expect(compose({ style: 'ink', saturation: undefined }).saturation).toBe(-4);
    expect(compose({ style: 'ink', saturation: 1 }).saturation).toBe(1);
    expect(compose({ style: 'oil' })).not.toHaveProperty('saturation');
  });

  it('changes nothing when there is none', () => {
    expect(inStyle([castle], undefined)).toEqual([castle]);
  });

  it('is told from what somebody said themselves', () => {
    for (const style of Object.keys(STYLES)) {
      const [styled] = inStyle([castle], style);
      expect(unstyled(styled?.text ?? '')).toBe('a castle');
    }
    expect(unstyled('a castle, low poly')).toBe('a castle, low poly');
  });

  it('is one of about twenty, few enough for a menu of Discord', () => {
    const count = Object.keys(STYLES).length;
    expect(count).toBeGreaterThanOrEqual(20);
    expect(count).toBeLessThanOrEqual(25);
  });
});

import { describe, expect, it } from 'vitest';
import { inStyle } from '../../src/requests/in-style.js';
import { STYLES } from '../../src/requests/styles.js';

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
    expect(inStyle([castle], 'ink').at(-1)).toEqual({ text: 'colour', weight: -0.3 });
  });

  it('changes nothing when there is none', () => {
    expect(inStyle([castle], undefined)).toEqual([castle]);
  });

  it('is one of about twenty, few enough for a menu of Discord', () => {
    const count = Object.keys(STYLES).length;
    expect(count).toBeGreaterThanOrEqual(20);
    expect(count).toBeLessThanOrEqual(25);
  });
});

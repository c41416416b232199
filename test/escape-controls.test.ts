import { describe, expect, it } from 'vitest';
import { escapeControls, escapeForTerminal } from '../src/escape-controls.js';

describe('escapeControls', () => {
  it.each([
    ['a title', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['8-bit controls', '\u009b2J', '\\u009b2J'],
    ['a backspace', 'safe\b\b\b\bevil', 'safe\\u0008\\u0008\\u0008\\u0008evil'],
    ['a carriage return', 'lie\rtruth', 'lie\\u000dtruth'],
    ['turned letters', 'cod.\u202egnp', 'cod.\\u202egnp'],
    ['lines, tabs and every language', 'ein\tBild\n絵 صورة 👩‍🎨', 'ein\tBild\n絵 صورة 👩‍🎨'],
  ])('leaves a terminal only something to show: %s', (_, text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });

  it('leaves JSON what it was', () => {
    const value = { title: 'x\u009b\u202e' };
    expect(JSON.parse(escapeControls(JSON.stringify(value)))).toEqual(value);
  });
});

describe('escapeForTerminal', () => {
  it('lets our own progress be written anew, and nothing foreign in it', () => {
    expect(escapeForTerminal('\r█░ 1/2\u001b[K')).toBe('\r█░ 1/2\u001b[K');
    expect(escapeForTerminal('\r\u001b[K')).toBe('\r\u001b[K');
    expect(escapeForTerminal('\rname\u001b[2J: 3 MB\u001b[K')).toBe('\rname\\u001b[2J: 3 MB\u001b[K');
    expect(escapeForTerminal('a title\r\u001b[K\n')).toBe('a title\\u000d\\u001b[K\n');
  });
});

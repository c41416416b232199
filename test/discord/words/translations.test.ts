import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.js';
import { en } from '../../../src/discord/words/en/text.js';
import { textFor, TRANSLATIONS } from '../../../src/discord/words/text.js';

/** Discord's own pattern for names of commands and options. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const languages = Object.entries({ en, ...TRANSLATIONS });
const translations = Object.entries(TRANSLATIONS);

/** Every sentence of a language, by its way there. */
function sentences(words: object, way: readonly string[] = []): [string, unknown][] {
  return Object.entries(words).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? sentences(value, [...way, key])
      : [[[...way, key].join(' › '), value]],
  );
}

const STRING_METHODS = new Set<PropertyKey>(Object.getOwnPropertyNames(String.prototype));

/** Stands for any value: whatever is done with it, a text that it gets into says its name. */
function probe(name: string): unknown {
  return new Proxy(() => {}, {
    apply: () => probe(name),
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 2 : `‹${name}›`);
      return STRING_METHODS.has(key) ? probe(name) : probe(`${name}.${String(key)}`);
    },
  });
}

/** What a sentence says with every value in its place. */
function said(sentence: unknown): string {
  if (typeof sentence !== 'function') return String(sentence);
  return String(sentence(...Array.from({ length: sentence.length }, (_, index) => probe(String(index)))));
}

const valuesIn = (sentence: unknown) => [...new Set(said(sentence).match(/‹.*?›/g))].sort();

describe.each(translations)('the translation %s', (_, text) => {
  it('has every sentence that English has, and no other', () => {
    expect(sentences(text).map(([way]) => way)).toEqual(sentences(en).map(([way]) => way));
  });

  it('tells the same values in every sentence', () => {
    const values = (words: object) => sentences(words).map(([way, sentence]) => [way, valuesIn(sentence)]);
    expect(values(text)).toEqual(values(en));
  });

  it('is not English left as it was', () => {
    const same = sentences(text).filter(([way, sentence]) => {
      const english = said(sentences(en).find(([other]) => other === way)?.[1]);
      // A sentence of several words is said differently in every language.
      return said(sentence) === english && /\p{L}+ \p{L}+ \p{L}+/u.test(english);
    });
    expect(same).toEqual([]);
  });
});

describe.each(languages)('the words of %s', (_, text) => {
  it('leave no sentence empty, and none longer than a message', () => {
    for (const [way, sentence] of sentences(text)) {
      expect(said(sentence).length, way).toBeGreaterThan(0);
      expect(said(sentence).length, way).toBeLessThanOrEqual(2000);
    }
  });

  it('name and describe what is offered as Discord allows', () => {
    for (const { name, description } of Object.values(text.offer)) {
      expect(name).toMatch(NAME);
      expect(name).toBe(name.toLowerCase());
      expect(description).toMatch(/^.{1,100}$/u);
    }
  });

  it('name nothing twice in one place', () => {
    const places = Object.entries(text.offer).map(([key, { name }]) => {
      const place = key.split(' ').slice(0, -1).join(' ');
      return `${place} › ${name}`;
    });
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it('fit on buttons', () => {
    for (const label of Object.values(text.buttons)) expect(label.length).toBeLessThanOrEqual(80);
  });
});

describe('the words of commands', () => {
  it('are English by the names in the code', () => {
    for (const [key, { name }] of Object.entries(en.offer)) expect(name).toBe(key.split(' ').at(-1));
  });

  it('are told to Discord in every language, of everything that can be typed', () => {
    const named = commands.flatMap(({ data }) => withOptions(data));
    expect(named.length).toBeGreaterThan(10);
    for (const body of named) {
      expect(Object.keys(body.name_localizations ?? {}), body.name).toEqual(Object.keys(TRANSLATIONS));
      expect(Object.keys(body.description_localizations ?? {}), body.name).toEqual(Object.keys(TRANSLATIONS));
    }
  });
});

interface Named {
  readonly name: string;
  readonly name_localizations?: object | null | undefined;
  readonly description_localizations?: object | null | undefined;
}

function withOptions(body: Named & { readonly options?: readonly Named[] | undefined }): Named[] {
  return [body, ...(body.options ?? []).flatMap(withOptions)];
}

describe('the language of a reader', () => {
  it.each([
    ['de', TRANSLATIONS.de],
    ['ja', TRANSLATIONS.ja],
    ['en-GB', en],
    ['fr', en],
    ['', en],
  ])('%j is answered in words of its own, or in English', (locale, text) => {
    expect(textFor(locale)).toBe(text);
  });
});

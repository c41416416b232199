import { RULES, type RuleName, type Rules } from '../../contracts/rules.js';
import { en } from './en/text.js';
import { quote, shorten } from './markdown.js';
import type { OfferKey } from './offered.js';
import type { Text } from './text.js';

/** How much of a list is shown. */
const LIST_ROOM = 300;

/** `maxSteps` → `max-steps`, as it is typed. */
export function ruleKey(name: RuleName): OfferKey {
  const typed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const key = `settings ${typed}`;
  if (!Object.hasOwn(en.offer, key)) throw new Error(`Expected words for \`${key}\`.`);
  return key as OfferKey; // it is one
}

/** What a rule is set to, as one line of a message. */
export function describeRule<Name extends RuleName>(name: Name, value: Rules[Name], text: Text): string {
  return text.setTo(text.offer[ruleKey(name)].name, ruleValue(name, value, text));
}

/** A rule's value in words. */
export function ruleValue(name: RuleName, value: unknown, text: Text): string {
  const items = Array.isArray(value) ? value.map(String) : [];
  switch (RULES[name].form.is) {
    case 'whole':
    case 'decimal':
      return String(value);
    case 'switch':
      return value === true ? text.yes : text.no;
    case 'choice':
      return Object.entries(text.choices).find(([key]) => key === value)?.[1] ?? String(value);
    case 'channel':
      return value === null ? text.noChannel : `<#${value}>`;
    case 'channels':
      return items.length === 0
        ? text.anyChannel
        : listed(
            items.map((id) => `<#${id}>`),
            text,
          );
    case 'roles':
      return items.length === 0
        ? text.anybody
        : listed(
            items.map((id) => `<@&${id}>`),
            text,
          );
    case 'words':
      return items.length === 0
        ? text.noWords
        : `||${listed(
            items.map((word) => quote(word)),
            text,
          )}||`;
  }
}

/** As many as there is room for, and how many more there are. */
function listed(items: readonly string[], { comma, andMore }: Text): string {
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    length += item.length + comma.length;
    if (length > LIST_ROOM) break;
    shown.push(item);
  }
  const rest = items.length - shown.length;
  return shorten([...shown, ...(rest > 0 ? [andMore(rest)] : [])].join(comma), LIST_ROOM + 50);
}

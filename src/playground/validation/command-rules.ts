import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { CommandBody } from '../world/command.js';
import type { Complaint } from './complaint.js';

/** Names of chat commands and of options: word characters of any script, `-`, `'`; lower case where there is one. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const COMMAND_CHARACTERS = 8000;
const CHAT_INPUT = 1;

/** What Discord refuses in a command although its description allows it. */
export function commandRules(command: CommandBody, at: readonly PropertyKey[] = []): Complaint[] {
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return menuRules(command, at);
  const options = ('options' in command ? command.options : undefined) ?? [];
  const description = 'description' in command ? command.description : undefined;
  const complaints = [
    ...nameRules(command.name, ['name']),
    ...descriptionRules(description, ['description']),
    ...optionRules(options, ['options']),
  ];
  if (characters(command.name, description, options) > COMMAND_CHARACTERS) {
    complaints.push({
      path: [],
      code: 'APPLICATION_COMMAND_TOO_LARGE',
      message: `Command exceeds maximum size (${COMMAND_CHARACTERS})`,
    });
  }
  return complaints.map((complaint) => ({ ...complaint, path: [...at, ...complaint.path] }));
}

/** A command of a menu has nothing but its name, which may hold spaces and capitals. */
function menuRules(command: CommandBody, at: readonly PropertyKey[]): Complaint[] {
  const fields: Readonly<Record<string, unknown>> = { ...command };
  return ['description', 'options'].flatMap((field) => {
    const value = fields[field];
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return [];
    const code = `APPLICATION_COMMAND_CONTEXT_MENU_${field.toUpperCase()}_INVALID`;
    return [{ path: [...at, field], code, message: `Context menu commands cannot have ${field}` }];
  });
}

/** No two commands of a list may share name and type. */
export function commandListRules(commands: readonly CommandBody[]): Complaint[] {
  const keys = commands.map(({ name, type }) => `${type ?? CHAT_INPUT} ${name}`);
  return commands.flatMap((command, index) => {
    const rules = commandRules(command, [index]);
    if (keys.indexOf(keys[index] ?? '') === index) return rules;
    const code = 'APPLICATION_COMMANDS_DUPLICATE_NAME';
    return [...rules, { path: [index], code, message: 'Application command names must be unique' }];
  });
}

function optionRules(
  options: readonly APIApplicationCommandOption[],
  path: readonly PropertyKey[],
): Complaint[] {
  const complaints = options.flatMap((option, index) => oneOption(option, [...path, index]));
  options.forEach((option, index) => {
    const here = [...path, index];
    if (options.findIndex(({ name }) => name === option.name) < index) {
      complaints.push({
        path: here,
        code: 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
        message: `Option name ${option.name} is already used in these options`,
      });
    }
    const previous = options[index - 1];
    if (previous !== undefined && option.required && !previous.required && !isGroup(option)) {
      complaints.push({
        path: here,
        code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        message: 'Required options must be placed before non-required options',
      });
    }
  });
  const [first] = options;
  const odd = options.findIndex((option) => first !== undefined && isGroup(option) !== isGroup(first));
  if (odd > 0) {
    complaints.push({
      path: [...path, odd],
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message: 'Sub-command and sub-command group option types are mutually exclusive to all other types',
    });
  }
  return complaints;
}

function oneOption(option: APIApplicationCommandOption, path: readonly PropertyKey[]): Complaint[] {
  const complaints = [
    ...nameRules(option.name, [...path, 'name']),
    ...descriptionRules(option.description, [...path, 'description']),
  ];
  if ('options' in option) complaints.push(...optionRules(option.options ?? [], [...path, 'options']));
  const choices = ('choices' in option ? option.choices : undefined) ?? [];
  const values = choices.map(({ value }) => value);
  choices.forEach((choice, index) => {
    if (values.indexOf(choice.value) < index) {
      complaints.push({
        path: [...path, 'choices', index],
        code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_DUPLICATED',
        message: 'Choice value is used twice',
      });
    }
  });
  if ('autocomplete' in option && option.autocomplete && choices.length > 0) {
    complaints.push({
      path: [...path, 'choices'],
      code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
      message: 'Choices and autocomplete exclude each other',
    });
  }
  if ('min_value' in option && 'max_value' in option && Number(option.min_value) > Number(option.max_value)) {
    complaints.push({
      path: [...path, 'min_value'],
      code: 'NUMBER_TYPE_MAX',
      message: 'Must not exceed max_value',
    });
  }
  return complaints;
}

function isGroup({ type }: APIApplicationCommandOption): boolean {
  return type === Type.Subcommand || type === Type.SubcommandGroup;
}

function nameRules(name: string, path: readonly PropertyKey[]): Complaint[] {
  if (NAME.test(name) && name === name.toLowerCase()) return [];
  return [{ path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' }];
}

function descriptionRules(description: string | undefined, path: readonly PropertyKey[]): Complaint[] {
  if (description !== undefined && description.length >= 1) return [];
  return [{ path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
}

/** Names, descriptions and choice values, over all options. */
function characters(
  name: string,
  description: string | undefined,
  options: readonly APIApplicationCommandOption[],
): number {
  const inside = options.reduce((sum, option) => {
    const choices = ('choices' in option ? option.choices : undefined) ?? [];
    const words = choices.reduce(
      (total, choice) => total + choice.name.length + String(choice.value).length,
      0,
    );
    return (
      sum +
      words +
      characters(option.name, option.description, 'options' in option ? (option.options ?? []) : [])
    );
  }, 0);
  return name.length + (description?.length ?? 0) + inside;
}

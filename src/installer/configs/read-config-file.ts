import { statSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { messageOf, UserError } from '../../errors.js';
import { readRegularSync } from '../../read-regular.js';

const MOST_BYTES = 2 ** 20;

/**
 * The contents of a configuration file, YAML or JSON (which is YAML too), as plain data.
 *
 * @throws UserError when it is something else.
 */
export function readConfigFile(path: string): unknown {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, more than a configuration`);
    const text = readRegularSync(path).toString('utf8');
    if (/^\s*<(!doctype|html)/i.test(text))
      throw new Error('it is a web page; the link has expired or asks for a log-in');
    const document = parseDocument(text, { logLevel: 'silent' });
    const [fault] = document.errors;
    if (fault) throw new Error(fault.message.split('\n')[0]?.replace(/:$/, '') ?? 'it cannot be parsed');
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new UserError(`Expected a configuration in YAML or JSON in ${path}: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

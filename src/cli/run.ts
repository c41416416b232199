import { CommanderError } from 'commander';
import { messageOf, UserError } from '../errors.js';
import { escapeControls, escapeForTerminal } from '../escape-controls.js';
import { createProgram } from './create-program.js';
import { EXIT, type Shell } from './shell.js';

/**
 * Runs the command line; whatever text it shows, a terminal only shows it. Mistakes of the person at the keyboard become one sentence on `err` and exit code 2, faults of ours
 * a message and 1.
 *
 * @param args Without the program's own name.
 * @returns the exit code.
 */
export async function run(args: readonly string[], outside: Omit<Shell, 'exitWith'>): Promise<number> {
  const shell = {
    ...outside,
    out: (text: string) => outside.out(escapeControls(text)),
    err: (text: string) => outside.err(escapeForTerminal(text)),
  };
  let exitCode = 0;
  const exitWith = (code: number) => {
    exitCode = code;
  };
  const program = await createProgram({ ...shell, exitWith }, args[0]);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError) {
      // Commander says "error: unknown option '--foo'", and "(outputHelp)" where it has shown the help.
      const sentence = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
      shell.err(
        error.code === 'commander.help' ? '' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}\n`,
      );
      return EXIT.badInput;
    }
    shell.err(`${messageOf(error)}\n`);
    return error instanceof UserError ? EXIT.badInput : EXIT.fault;
  }
}

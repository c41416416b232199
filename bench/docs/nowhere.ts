/** The surroundings of a program that is only read, and runs nothing. */
export const NOWHERE = {
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  interrupted: new AbortController().signal,
  dataDir: '',
  cacheDir: '',
  exitWith: () => undefined,
};

const MOST_SHOWN = 120;

/** A name from a file as it can be shown: whatever the file holds, one short line. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name);
}

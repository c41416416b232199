/** What JSON text says; the text itself where it is none, since rows outlive disks and curious hands. */
export function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

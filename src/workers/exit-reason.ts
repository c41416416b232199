/** Why a process ended, as the end of the sentence "it …". */
export function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'was killed by the system, perhaps for want of memory';
  if (signal !== null) return `crashed (${signal})`;
  return `ended with code ${code ?? 'unknown'}`;
}

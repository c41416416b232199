import { signal } from '@preact/signals';

/** What is open beside the messages. */
export const openTool = signal<'inspector' | 'faults' | 'bot' | undefined>(undefined);

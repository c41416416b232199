import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for young objects from growing to 48 MB, which it would as soon as many of them live a little while (a long
 * line that is filled), and keep for good. Called before the program is loaded.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Has V8 collect what is thrown away when it has grown to a third of what lives, where it would wait for several times
 * that. Called when the program stands: building up, it would be collected for nothing, a third longer.
 */
export function keepOldHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

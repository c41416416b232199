import { fileURLToPath } from 'node:url';

/** The package's own folder. */
export const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** Where the tests' models and stored numbers are. */
export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** The top of the repository, two folders up. */
export const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));

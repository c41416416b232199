/** What to paint; `src/requests/` says what may be asked for and composes it. */
export { type PaintRequest, paintRequestSchema, type Prompt } from '../requests/paint-request.js';
export { picturesIn } from '../requests/pictures-in.js';

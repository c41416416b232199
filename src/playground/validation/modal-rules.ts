import type { Complaint } from './complaint.js';

/** A form has one to five fields, each with its own custom id. */
export function modalRules(data: unknown): Complaint[] {
  const ids = [...customIds(data)];
  const fields = ids.slice(1);
  const repeated = fields.find((id, index) => fields.indexOf(id) !== index);
  if (repeated === undefined) return [];
  const message = 'Component custom id cannot be duplicated';
  return [{ path: ['data', 'components'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message }];
}

/** The modal's own id first, then its fields' in reading order. */
function* customIds(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const inner of value) yield* customIds(inner);
  } else if (typeof value === 'object' && value !== null) {
    if ('custom_id' in value && typeof value.custom_id === 'string') yield value.custom_id;
    if ('components' in value) yield* customIds(value.components);
    if ('component' in value) yield* customIds(value.component);
  }
}

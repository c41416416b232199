import { z } from 'zod';
import type { Schema } from './schema.js';

/**
 * Discord's description calls a request's `default_member_permissions` an integer; on the wire it is a decimal string,
 * as in the answer. The schema gets what it expects to see.
 */
export function withIntegerPermissions(schema: Schema): Schema {
  const asInteger = z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || !('default_member_permissions' in value)) return value;
    const written = value.default_member_permissions;
    const isDecimal = typeof written === 'string' && /^\d{1,16}$/.test(written);
    return isDecimal ? { ...value, default_member_permissions: Number(written) } : value;
  }, schema);
  return asInteger;
}

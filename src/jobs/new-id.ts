import { randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O, U, so that an id can be read out. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 characters, 80 random bits: fits a custom_id and a nonce. */
export function newId(): string {
  return Array.from(randomBytes(16), (byte) => DIGITS.charAt(byte % 32)).join('');
}

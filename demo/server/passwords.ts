import {randomBytes, scrypt, timingSafeEqual} from 'node:crypto';

/** How often scrypt mixes, as a power of two. One more doubles time and memory; 14 takes some 50 ms and 16 MB. */
export const DEFAULT_COST = 14;

const KEY_BYTES = 32;

/** Hashes a password for storage, with a salt of its own. What comes out names its cost. */
export async function hashPassword(password: string, cost: number): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost}$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Whether the password is the stored one. With no stored one it takes as long and says no, so that time tells nobody who exists. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, cost = DEFAULT_COST, salt = '', key = ''] = (stored ?? '').split('$');
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), Number(cost));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, {N: 2 ** cost, r: 8, p: 1}, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

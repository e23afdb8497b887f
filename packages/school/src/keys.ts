import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The key that signs receipts, and what others need to check them. */
export interface SigningKey {
  /** First 16 hex digits of the SHA-256 of the public key. */
  id: string;
  privateKey: KeyObject;
  /** The 32 bytes of the public key, base64url. */
  publicKey: string;
}

/** PKCS #8 and SPKI wrappings of a raw Ed25519 key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Derives the Ed25519 key from the school's secret, so that there is one thing to keep safe and several
 * servers with one secret sign alike.
 */
export function deriveSigningKey(secret: string): SigningKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'edirae', 'receipt signing key 1', 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(SPKI_PREFIX.length);
  return { id: keyId(raw), privateKey, publicKey: raw.toString('base64url') };
}

/** Reads a public key as published: 32 bytes, base64url. Undefined: it is none. */
export function findPublicKey(publicKey: string): { id: string; key: KeyObject } | undefined {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return undefined;
  return {
    id: keyId(raw),
    key: createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' }),
  };
}

function keyId(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex').slice(0, 16);
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What is sealed for one purpose does not open for another. */
export type SealPurpose = 'mentor key';

const VERSION = 'v1';
const NONCE_BYTES = 12;

/** Encrypts a short secret with a key derived from the school's own (AES-256-GCM): a copied database alone tells nothing. */
export function seal(secret: string, purpose: SealPurpose, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [VERSION, nonce, body, cipher.getAuthTag()]
    .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
    .join('.');
}

/** What was sealed; undefined where the secret is another, or the text was changed. */
export function findSealed(secret: string, purpose: SealPurpose, sealed: string): string | undefined {
  const [version, nonce = '', body = '', tag = ''] = sealed.split('.');
  if (version !== VERSION) return undefined;
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      keyFor(secret, purpose),
      Buffer.from(nonce, 'base64url'),
    );
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}

function keyFor(secret: string, purpose: SealPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'edirae', `${purpose} sealing key 1`, 32));
}

import { sign, verify } from 'node:crypto';
import { z } from 'zod';
import { findPublicKey, type SigningKey } from './keys.ts';
import { toCanonical } from './store/chain.ts';

/** Prefix of the `meta` keys under which public keys are kept, so that a receipt outlives a change of secret. */
export const RECEIPT_KEY_PREFIX = 'receipt-key:';

/** What a receipt says: at this time, this learner's chain stood at this hash, and this was decided. */
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

/** A receipt body with the school's Ed25519 signature over its RFC 8785 form, base64url. */
export type Receipt = z.infer<typeof receiptSchema>;

const receiptBodySchema = z.strictObject({
  version: z.literal(1),
  learnerId: z.string(),
  /** The event that records the decision, and the hash that closes the chain up to it. */
  seq: z.number().int(),
  hash: z.string(),
  at: z.number().int(),
  skill: z.string(),
  /** What was reached: `demonstrated`, `knows`, `retained` … */
  decision: z.string(),
  /** Version of the mastery rule. */
  rule: z.number().int(),
  /** Id of the signing key. */
  issuer: z.string(),
});

const receiptSchema = receiptBodySchema.extend({ signature: z.string() });

/** Signs a receipt. */
export function signReceipt(key: SigningKey, body: Omit<ReceiptBody, 'version' | 'issuer'>): Receipt {
  const full: ReceiptBody = { version: 1, ...body, issuer: key.id };
  return {
    ...full,
    signature: sign(null, Buffer.from(toCanonical(full)), key.privateKey).toString('base64url'),
  };
}

/** True if the receipt was signed by the holder of this public key and not a byte was changed since. */
export function verifyReceipt(receipt: Receipt, publicKey: string): boolean {
  const { signature, ...body } = receipt;
  const signer = findPublicKey(publicKey);
  if (signer === undefined || body.issuer !== signer.id) return false;
  return verify(null, Buffer.from(toCanonical(body)), signer.key, Buffer.from(signature, 'base64url'));
}

/** Reads a receipt from a file. @throws Error saying what is wrong with it. */
export function parseReceipt(input: unknown): Receipt {
  const parsed = receiptSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(
    `This is no receipt: ${issue?.path.join('.') || 'the file'} ${issue?.message ?? 'cannot be read'}.`,
  );
}

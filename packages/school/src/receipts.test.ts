import { verify, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveSigningKey } from './keys.ts';
import { parseReceipt, signReceipt, verifyReceipt } from './receipts.ts';
import { toCanonical } from './store/chain.ts';

const KEY = deriveSigningKey('a secret of at least thirty-two characters');
const BODY = {
  learnerId: 'l',
  seq: 7,
  hash: 'ab'.repeat(32),
  at: 1_700_000_000_000,
  skill: 'kv-cache',
  decision: 'demonstrated',
  rule: 1,
};

describe('a receipt', () => {
  it('is accepted as it was signed, and not with a byte changed', () => {
    const receipt = signReceipt(KEY, BODY);
    expect(verifyReceipt(receipt, KEY.publicKey)).toBe(true);
    for (const change of [
      { seq: 8 },
      { hash: 'ac'.repeat(32) },
      { at: BODY.at + 1 },
      { decision: 'retained' },
      { learnerId: 'm' },
    ]) {
      expect(verifyReceipt({ ...receipt, ...change }, KEY.publicKey)).toBe(false);
    }
    expect(verifyReceipt({ ...receipt, signature: 'AAAA' }, KEY.publicKey)).toBe(false);
  });

  it('is not accepted under another key', () => {
    const other = deriveSigningKey('another secret of at least thirty-two');
    expect(verifyReceipt(signReceipt(KEY, BODY), other.publicKey)).toBe(false);
  });

  it('can be checked with nothing but Ed25519 and RFC 8785', () => {
    const { signature, ...body } = signReceipt(KEY, BODY);
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: KEY.publicKey }, format: 'jwk' });
    expect(verify(null, Buffer.from(toCanonical(body)), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('has the same key for the same secret, always', () => {
    expect(deriveSigningKey('a secret of at least thirty-two characters').publicKey).toBe(KEY.publicKey);
    expect(KEY.id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is read from a file, and what is none is refused with a reason', () => {
    const receipt = signReceipt(KEY, BODY);
    expect(parseReceipt(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt);
    expect(() => parseReceipt({ ...receipt, seq: 'seven' })).toThrow(/This is no receipt: seq/);
    expect(() => parseReceipt(null)).toThrow(/This is no receipt/);
  });
});

import { expect, it } from 'vitest';
import { clientAddress, findClientAddress } from './client-address.ts';

const from = (address: string) => ({ getClientAddress: () => address });
const aroundTheProxy = {
  getClientAddress: (): string => {
    throw new Error('Address header was specified with ADDRESS_HEADER but is absent from request');
  },
};

it('is the one that the server sees, or the proxy says', () => {
  expect(clientAddress(from('203.0.113.9'))).toBe('203.0.113.9');
  expect(findClientAddress(from('203.0.113.9'))).toBe('203.0.113.9');
});

it('is the same for all requests that come around the proxy, and nobody’s of this machine', () => {
  expect(clientAddress(aroundTheProxy)).toBe('unknown');
  expect(findClientAddress(aroundTheProxy)).toBeNull();
});

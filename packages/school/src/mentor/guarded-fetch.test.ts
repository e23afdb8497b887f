import { describe, expect, it } from 'vitest';
import { createGuardedFetch, isPublicAddress } from './guarded-fetch.ts';

describe('what is fetched on a learner’s behalf', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
  ])('never comes from %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '93.184.215.14', '2606:4700::1111'])('may come from %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['a name with a private address', 'https://api.example.com/v1', [{ address: '10.0.0.1', family: 4 }]],
    [
      'a name with one private address among others',
      'https://api.example.com/v1',
      [
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    ],
    ['a name without an address', 'https://api.example.com/v1', []],
  ])('is refused for %s', async (_what, url, addresses) => {
    await expect(createGuardedFetch(async () => addresses)(url)).rejects.toMatchObject({
      code: 'blocked-address',
    });
  });

  it.each([
    'http://api.example.com',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
  ])('is refused for %s', async (url) => {
    await expect(
      createGuardedFetch(async () => [{ address: '1.1.1.1', family: 4 }])(url),
    ).rejects.toMatchObject({ code: 'blocked-address' });
  });
});

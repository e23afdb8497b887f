import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ProviderFault, type Fetch } from '@edirae/mentor';
import { Agent, fetch as undiciFetch } from 'undici';

/** Everything that is not the public internet (IANA special-purpose registries, IPv4 and IPv6). */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const mapped = /^::(?:ffff:(?:0:)?)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  // The same in hexadecimal: ::ffff:7f00:1.
  if (family === 6 && /^::ffff:/i.test(address)) return false;
  return !PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** All addresses of a name; one that is private condemns the name. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * A fetch for what is done on a learner's behalf: the name is resolved once, every address has to be public, and the connection goes to
 * the address that was checked. https only, no redirects.
 */
export function createGuardedFetch(resolve: Resolve = resolveAll): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:') throw new ProviderFault('blocked-address');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
    const [pinned] = addresses;
    if (!pinned || addresses.some(({ address }) => !isPublicAddress(address)))
      throw new ProviderFault('blocked-address');
    const dispatcher = new Agent({
      connections: 1,
      pipelining: 0,
      connect: {
        timeout: 8_000,
        lookup: (_host, options, done) => {
          // Asked for one address or for all; both get the one that was checked.
          if (options.all === true) done(null, [{ address: pinned.address, family: pinned.family }]);
          else done(null, pinned.address, pinned.family);
        },
      },
    });
    const response = await undiciFetch(url, {
      ...(init as Parameters<typeof undiciFetch>[1]),
      redirect: 'manual',
      dispatcher,
    });
    return response as unknown as Response;
  };
}

import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Which addresses may be posted to. What people give as a webhook is asked for by this server, from inside the
 * network that it stands in: an address that does not lead to the public internet is refused.
 */

/** IANA's special-purpose registries (RFC 6890), with multicast. Mapped and translated IPv4 is looked at as IPv4. */
const NOT_PUBLIC = new BlockList();
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
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
/** Of IPv6 only 2000::/3 is given out; within it some blocks lead elsewhere. */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  // With a zone (`fe80::1%eth0`) it is a link's own.
  if (family !== 6 || address.includes('%')) return false;
  return GLOBAL_V6.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
}

export class NotPublic extends Error {
  readonly code = 'ENOTPUBLIC';
}

/** How names are looked up; tests give another. */
export type Lookup = (
  name: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => void,
) => void;

const system: Lookup = (name, answer) =>
  systemLookup(name, { all: true }, (error, addresses) => answer(error, addresses ?? []));

/**
 * A look-up for a socket: it connects to what was checked, and to nothing else. Looking a name up a second time, after
 * a check, could give another address (DNS rebinding). One address that is not public refuses the name.
 */
export const publicLookup =
  (lookup: Lookup = system): LookupFunction =>
  (name, options, answer) =>
    lookup(name, (error, addresses) => {
      const fail = (what: NodeJS.ErrnoException): void => answer(what, '', 0);
      if (error) return fail(error);
      const inside = addresses.find(({ address }) => !isPublicAddress(address));
      if (inside || addresses.length === 0)
        return fail(new NotPublic(`${name} leads to ${inside?.address ?? 'no address'}`));
      if (options.all) return answer(null, addresses);
      const [first] = addresses as [{ address: string; family: number }];
      answer(null, first.address, first.family);
    });

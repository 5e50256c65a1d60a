import { BlockList, isIPv4, isIPv6 } from 'node:net';

type Family = 'ipv4' | 'ipv6';
type Net = readonly [net: string, prefix: number, family: Family];

function blockOf(nets: readonly Net[]): BlockList {
  const block = new BlockList();
  for (const [net, prefix, family] of nets) block.addSubnet(net, prefix, family);
  return block;
}

/** This machine and its private network: RFC 1122, 1918, 6598, 4193. */
const PRIVATE = blockOf([
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
]);

/** Where clouds keep the credentials of their machines, outside the link-local nets. */
const METADATA = blockOf([
  ['100.100.100.200', 32, 'ipv4'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['fd20:ce::254', 128, 'ipv6'],
]);

/** What is no host of the public internet, by the special-purpose registries of IANA (RFC 6890). */
const NOT_PUBLIC = blockOf([
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]);
const GLOBAL_UNICAST = blockOf([['2000::', 3, 'ipv6']]);

/**
 * Whether a webhook may lead to an IP address: to public ones, and where `privateToo` to this machine and its private
 * network; never to link-local ones (there clouds keep their machines' credentials), nor to groups, nor to those that
 * only wrap another address (mapped, NAT64, 6to4, Teredo).
 */
export function mayReach(address: string, privateToo: boolean): boolean {
  const family: Family | undefined = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined || METADATA.check(address, family)) return false;
  // Node holds a mapped IPv4 address against the IPv4 nets; here it is refused as what it is written as.
  if (family === 'ipv6' && /^::ffff:/iu.test(address)) return false;
  if (PRIVATE.check(address, family)) return privateToo;
  if (NOT_PUBLIC.check(address, family)) return false;
  return family === 'ipv4' || GLOBAL_UNICAST.check(address, family);
}

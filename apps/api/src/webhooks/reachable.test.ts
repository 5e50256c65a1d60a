import { describe, expect, it } from 'vitest';
import { mayReach } from './reachable.ts';

const PUBLIC = [
  '93.184.215.14',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
];
const OWN = [
  '127.0.0.1',
  '127.255.255.254',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  '0:0:0:0:0:0:0:1',
  'fd12:3456::1',
];
const NEVER = [
  '0.0.0.0',
  '169.254.169.254',
  '100.100.100.200',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:93.184.215.14',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  'localhost',
  '127.1',
  '',
];

describe('the addresses that webhooks may lead to', () => {
  it.each(PUBLIC)('has the public %s', (address) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([true, true]);
  });

  it.each(OWN)('has %s of this machine or its network only where the instance says so', (address) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([false, true]);
  });

  it.each(NEVER)('never has “%s”', (address) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { networkOf, readDevice } from './device.ts';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('a device', () => {
  const of = (ip: string, agent: string) => readDevice(new Headers({ 'cf-connecting-ip': ip, 'user-agent': agent }));

  it('is told by browser and address, its address by the address alone', async () => {
    const one = await of('203.0.113.7', 'Firefox');
    const other = await of('203.0.113.7', 'Safari');
    const elsewhere = await of('203.0.113.8', 'Firefox');
    expect(other.device).not.toBe(one.device);
    expect(other.address).toBe(one.address);
    expect(elsewhere.address).not.toBe(one.address);
    expect(elsewhere.device).not.toBe(one.device);
  });
});

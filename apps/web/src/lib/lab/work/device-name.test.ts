import { describe, expect, it } from 'vitest';
import { nameDevice, tellDevice } from './device-name.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1';

describe('the name of a device', () => {
  it('is browser and system, with the tab', () => {
    expect(nameDevice(CHROME, '3f2a9b')).toBe('Chrome on Linux (3f2a)');
    expect(nameDevice(PHONE, '00')).toBe('Safari on iPhone (00)');
    expect(nameDevice('', 'x')).toBe('A browser on a computer (x)');
  });

  it('is told as its author would say it', () => {
    const here = nameDevice(CHROME, 'aaaa');
    expect(tellDevice(nameDevice(CHROME, 'bbbb'), here)).toBe('in another tab or window');
    expect(tellDevice(nameDevice(PHONE, 'cccc'), here)).toBe('with Safari on iPhone');
    expect(tellDevice('edirae lab on desk', here)).toBe('with edirae lab on desk');
    expect(tellDevice(null, here)).toBe('elsewhere');
  });
});

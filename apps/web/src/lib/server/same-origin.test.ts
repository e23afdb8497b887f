import { describe, expect, it } from 'vitest';
import { mayAct } from './same-origin.ts';

const ours = ['https://learn.example.org'];
const ask = (method: string, headers: Record<string, string> = {}) =>
  new Request('https://learn.example.org/', { method, headers });

describe('a request that changes something', () => {
  it('is taken from our own pages', () => {
    expect(mayAct(ask('POST', { origin: 'https://learn.example.org' }), true, ours)).toBe(true);
  });

  it('is refused from a page of another site, with or without a cookie of ours', () => {
    expect(mayAct(ask('POST', { origin: 'https://evil.example' }), true, ours)).toBe(false);
    expect(mayAct(ask('POST', { origin: 'https://evil.example' }), false, ours)).toBe(false);
    expect(mayAct(ask('POST', { origin: 'null' }), true, ours)).toBe(false);
    expect(mayAct(ask('DELETE', { 'sec-fetch-site': 'cross-site' }), true, ours)).toBe(false);
  });

  it('is taken from a program with a bearer token, whatever it sends', () => {
    expect(mayAct(ask('DELETE', { authorization: 'Bearer x' }), false, ours)).toBe(true);
    expect(
      mayAct(ask('POST', { authorization: 'Bearer x', origin: 'https://tool.example' }), false, ours),
    ).toBe(true);
  });

  it('is taken from a program that starts as a guest', () => {
    expect(mayAct(ask('POST'), false, ours)).toBe(true);
  });

  it('matters only where something can change', () => {
    expect(mayAct(ask('GET', { origin: 'https://evil.example' }), true, ours)).toBe(true);
  });
});

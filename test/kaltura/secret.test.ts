import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';

const TEXT = 'planted-0123456789abcdef';
const secret = new Secret(TEXT);

/** Conversions by which a value gets into a message, log or file by accident. */
const PRINTED: [how: string, printed: () => string][] = [
  ['String()', () => String(secret)],
  ['toString()', () => secret.toString()],
  ['a template', () => `${secret}`],
  ['joining', () => [secret, secret].join(',')],
  ['adding to a text', () => 'secret: '.concat(secret as unknown as string)],
  ['JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['inspect', () => inspect(secret)],
  ['inspect, all shown', () => inspect(secret, { showHidden: true, depth: null, getters: true, customInspect: true })],
  ['inspect, inside', () => inspect({ deep: { deeper: [new Map([['secret', secret]])] } }, { depth: null })],
  ['format %s', () => format('%s', secret)],
  ['format %j', () => format('%j', secret)],
  ['format %o', () => format('%o', secret)],
  ['format %O', () => format('%O', secret)],
  ["an error's cause", () => inspect(new Error('failed', { cause: secret }))],
  ["an error's cause, inside", () => inspect(new Error('failed', { cause: { request: { secret } } }), { depth: null })],
  ["an error's message", () => String(new Error(`failed with ${secret}`).stack)],
  ['its properties', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret), { ...secret }])],
  ['a structured clone', () => inspect(structuredClone(secret), { showHidden: true })],
];

describe('a secret', () => {
  test.each(PRINTED)('is not printed by %s', (_how, printed) => {
    expect(printed()).not.toContain('0123456789');
  });

  test('is not printed by a console', () => {
    const written: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => done(void written.push(String(chunk)) as undefined),
    });
    const printer = new Console(stream);
    printer.log(secret, { secret });
    printer.error('%s %o', secret, secret);
    printer.table([{ secret }]);
    printer.dir({ secret }, { depth: null, showHidden: true });
    expect(written.join('')).toContain('[secret]');
    expect(written.join('')).not.toContain('0123456789');
  });

  test('is returned only by reveal()', () => {
    expect(secret.reveal()).toBe(TEXT);
  });

  test('has a length in characters and, if it is long enough, its ending', () => {
    expect(new Secret('').length).toBe(0);
    expect(new Secret('a👍b').length).toBe(3);
    expect(new Secret('123456789012').ending).toBe('9012');
    // Four of eleven characters would reveal too much.
    expect(new Secret('12345678901').ending).toBe('');
    expect(new Secret('').ending).toBe('');
  });
});

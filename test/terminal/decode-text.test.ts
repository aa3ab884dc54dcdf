import { expect, test } from 'vitest';
import { decodeText } from '../../source/terminal/decode-text.js';

const TEXT = 'c0ffee\r\n';
const le = Buffer.from(TEXT, 'utf16le');
const be = Buffer.from(le).swap16();

test.each<[name: string, bytes: Buffer]>([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, little endian, as PowerShell writes it', Buffer.concat([Buffer.from([0xff, 0xfe]), le])],
  ['UTF-16, big endian', Buffer.concat([Buffer.from([0xfe, 0xff]), be])],
  ['UTF-16 without a byte order mark', le],
  ['UTF-16, big endian, without a byte order mark', be],
])('decodes %s', (_name, bytes) => expect(decodeText(bytes)).toBe(TEXT));

test('decodes an empty file', () => expect(decodeText(Buffer.alloc(0))).toBe(''));

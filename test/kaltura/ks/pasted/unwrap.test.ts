import { describe, expect, test } from 'vitest';
import { findKs } from '../../../../source/kaltura/ks/pasted/find.js';
import type { Unwrapping } from '../../../../source/kaltura/ks/pasted/layers.js';
import { signKsV1 } from '../../../../source/kaltura/ks/v1.js';
import { Secret } from '../../../../source/kaltura/secret.js';
import document from '../../../fixtures/ks-vectors.json' with { type: 'json' };

const KEYS = [
  ...document.vectors.map(({ ks }) => ks),
  // With all three special characters: `+`, `/` and `=`.
  signKsV1(
    { partnerId: 102, type: 0, expiresAt: 1893456000, userId: 'zoë~?ß>ÿ~', privileges: 'privacycontext:ÿÿ~~>>??' },
    new Secret('0123456789abcdef0123456789abcdef'),
    '1700000000.1234',
  ),
];

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const lines = (text: string, width: number): string[] => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

/** Lines of at most 76 characters, as mail programs write them. */
function quotedPrintable(text: string): string {
  const encoded = text.replaceAll('=', '=3D');
  const parts: string[] = [];
  let rest = encoded;
  while (rest.length > 75) {
    const cut = /=[0-9A-F]?$/.exec(rest.slice(0, 75));
    const length = cut === null ? 75 : cut.index;
    parts.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...parts, rest].join('=\r\n');
}

const hexReference = (text: string): string =>
  text.replaceAll(/[+/=_-]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`);
const percent = (text: string, times: number): string =>
  times === 0 ? text : percent(encodeURIComponent(text), times - 1);
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('utf8');

const WRAPPINGS: Readonly<Record<string, readonly [unwrapped: readonly Unwrapping[], wrap: (ks: string) => string]>> = {
  'base64 twice': [['base64'], base64],
  'base64 three times': [['base64'], (ks) => base64(base64(ks))],
  'base64 of a line': [['base64'], (ks) => base64(`${ks}\n`)],
  'base64 on lines of 76 characters': [['base64'], (ks) => lines(base64(ks), 76).join('\n')],
  'a Kubernetes secret': [
    ['base64'],
    (ks) => `apiVersion: v1\nkind: Secret\ndata:\n  KALTURA_KS: ${base64(ks)}\ntype: Opaque\n`,
  ],
  'a Kubernetes secret as JSON': [
    ['base64'],
    (ks) => JSON.stringify({ kind: 'Secret', data: { ks: base64(ks) } }, null, 2),
  ],
  'base64 of UTF-16, as PowerShell writes it': [['base64'], (ks) => Buffer.from(ks, 'utf16le').toString('base64')],
  'base64 of JSON': [['base64'], (ks) => base64(JSON.stringify({ ks }))],
  'HTML references in hex': [['html'], (ks) => `<input value="${hexReference(ks)}">`],
  'decimal HTML references': [['html'], (ks) => [...ks].map((sign) => `&#${sign.charCodeAt(0)};`).join('')],
  'named HTML references': [
    ['html'],
    (ks) =>
      `ks=${ks
        .replaceAll('+', '&plus;')
        .replaceAll('/', '&sol;')
        .replaceAll('=', '&equals;')
        .replaceAll('_', '&lowbar;')
        .replace(/^d/, '&#100;')
        .replace(/^([MNOYZ])/, (sign) => `&#${sign.charCodeAt(0)};`)}`,
  ],
  'HTML references, escaped again': [['html'], (ks) => [...ks].map((sign) => `&amp;#${sign.charCodeAt(0)};`).join('')],
  'a link that Proofpoint rewrote': [
    ['rewritten-link'],
    (ks) => {
      const link = encodeURIComponent(`https://cdnapi.kaltura.com/p/102/ks/${encodeURIComponent(ks)}/a.m3u8`);
      const hidden = (text: string): string => text.replaceAll('-', '-2D').replaceAll('_', '-5F');
      return `https://urldefense.proofpoint.com/v2/url?u=${hidden(link).replaceAll('%2F', '_').replaceAll('%', '-')}&d=DwMF`;
    },
  ],
  'string literals of Visual Basic': [
    ['concatenation'],
    (ks) =>
      lines(ks, 40)
        .map((part) => `"${part}"`)
        .join(' & _\n    '),
  ],
  'quoted-printable': [['quoted-printable'], (ks) => quotedPrintable(`This is your key: ks=${ks}`)],
  'quoted-printable in a quoted mail': [
    ['quoted-printable'],
    (ks) => `> ${quotedPrintable(`This is your key: ks=${ks}`).replaceAll('\r\n', '\r\n> ')}`,
  ],
  'percent-encoding of every character': [
    ['percent'],
    (ks) => [...ks].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
  ],
  'JSON escapes of every character': [
    ['json'],
    (ks) => `"${[...ks].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join('')}"`,
  ],
  'escapes of a script': [
    ['json'],
    (ks) => `'${[...ks].map((sign) => `\\x${sign.charCodeAt(0).toString(16)}`).join('')}'`,
  ],
  'JSON with line ends in it': [['json'], (ks) => `{"ks":"${lines(ks, 40).join('\\n')}"}`],
  'UTF-16': [['utf-16'], (ks) => utf16(`\uFEFF${ks}\r\n`)],
  'a UTF-16 file with the bytes of its mark': [['utf-16'], (ks) => `\uFFFD\uFFFD${utf16(ks)}`],
  'UTF-16 with an assignment': [['utf-16'], (ks) => utf16(`KALTURA_KS=${ks}\r\n`)],
  'HTML tags that allow a line break': [['tags'], (ks) => lines(ks, 31).join('<wbr>')],
  'a highlighted part': [
    ['tags'],
    (ks) => `<td>${ks.slice(0, 30)}<span class="hit">${ks.slice(30, 45)}</span>${ks.slice(45)}</td>`,
  ],
  'tags at the ends of lines': [['tags'], (ks) => lines(ks, 60).join('<br/>\n')],
  'color codes': [[], (ks) => lines(ks, 50).join('\u001B[0m\u001B[32m')],
  'strings that JavaScript joins': [['concatenation'], (ks) => `const ks = "${lines(ks, 60).join('" +\n  "')}";`],
  'strings that PHP joins': [['concatenation'], (ks) => `$ks = '${lines(ks, 60).join("' .\n '")}';`],
  'strings that Python joins': [['concatenation'], (ks) => `ks = ("${lines(ks, 60).join('"\n      "')}")`],
  'hex of its text': [['hex'], (ks) => Buffer.from(ks).toString('hex')],
  'a hex dump': [['hex'], (ks) => Buffer.from(ks).toString('hex').replaceAll(/../g, '$& ')],
  'log lines with the time': [
    ['log'],
    (ks) =>
      lines(ks, 50)
        .map((line, index) => `2026-11-27T19:55:0${index}.123Z INFO app[12]: ${line}`)
        .join('\n'),
  ],
  'log lines, the first with a label': [
    ['log'],
    (ks) =>
      lines(ks, 50)
        .map((line, index) => `Nov 27 19:55:0${index} host app[12]: ${index === 0 ? 'key: ' : ''}${line}`)
        .join('\n'),
  ],
  'a byte array': [['byte-list'], (ks) => `[${[...Buffer.from(ks)].join(', ')}]`],
  'a Buffer of Node as JSON': [['byte-list'], (ks) => JSON.stringify(Buffer.from(ks))],
  'Markdown with backslashes': [['backslashes'], (ks) => ks.replaceAll(/[_+-]/g, '\\$&')],
  'numbered lines': [
    ['log'],
    (ks) =>
      lines(ks, 50)
        .map((line, index) => `${index + 1}: ${line}`)
        .join('\n'),
  ],
};

describe('finds a key in', () => {
  test.each(Object.entries(WRAPPINGS))('%s, and reports the encoding', (_name, [unwrapped, wrap]) => {
    for (const ks of KEYS) {
      const finding = findKs(wrap(ks));
      expect(finding.found && finding.ks.reveal(), wrap(ks)).toBe(ks);
      expect(finding).toMatchObject({ unwrapped: wrap(ks).includes(ks) ? [] : unwrapped });
    }
  });

  test.each([1, 2, 3, 5, 8])('a URL that was percent-encoded %i times', (times) => {
    for (const ks of KEYS) {
      const finding = findKs(`https://www.kaltura.com/?ks=${percent(ks, times)}&format=1`);
      expect(finding.found && finding.ks.reveal()).toBe(ks);
      expect(finding).toMatchObject({ unwrapped: percent(ks, times) === ks ? [] : ['percent'] });
    }
  });

  test.each([
    ['XML with references', (ks: string) => `<a><ks>${ks.replaceAll('=', '&#61;')}</ks></a>`],
    ['XML CDATA', (ks: string) => `<a><ks><![CDATA[${ks}]]></ks></a>`],
    ['a log line', (ks: string) => `2026-11-27 19:55:01,123 DEBUG [main] c.e.App - ks=${ks}, took 12 ms`],
    [
      'an access log',
      (ks: string) =>
        `1.2.3.4 - - [27/Nov/2026:19:55:01 +0000] "GET /api_v3/?ks=${encodeURIComponent(ks)}&format=1 HTTP/1.1" 200 12`,
    ],
    ['a URL in HTML', (ks: string) => `<a href="/api_v3/?ks=${encodeURIComponent(ks)}&amp;format=1">`],
    [
      'an email that was quoted twice',
      (ks: string) =>
        lines(ks, 60)
          .map((line) => `> > ${line}`)
          .join('\n'),
    ],
  ])('%s', (_name, wrap) => {
    for (const ks of KEYS) {
      const finding = findKs(wrap(ks));
      expect(finding.found && finding.ks.reveal()).toBe(ks);
    }
  });
});

describe('finds a key in another alphabet:', () => {
  const [ks] = KEYS.filter((key) => /-.*_.*=$|_.*-.*=$/.test(key)) as [string];
  const word = (plus: string, slash: string, pad: string): string =>
    [...ks].map((sign) => ({ '-': plus, '+': plus, _: slash, '/': slash, '=': pad })[sign] ?? sign).join('');

  test.each(['._-', '-~_', '~_-', '.-_', '!-_'])('%s in place of + / =', (signs) => {
    const [plus, slash, pad] = [...signs] as [string, string, string];
    const finding = findKs(word(plus, slash, pad));
    expect(finding.found && finding.ks.reveal()).toBe(word('-', '_', '='));
    expect(finding).toMatchObject({ unwrapped: ['alphabet'] });
  });

  test.each([
    ['its bytes', Buffer.from(ks, 'base64'), Buffer.from(ks, 'base64').toString('base64')],
    ['its text', Buffer.from(ks), ks],
  ])('base32 of %s', (_what, bytes, expected) => {
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const letters = bits.match(/.{1,5}/g) ?? [];
    const base32 = letters
      .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
      .join('');
    const finding = findKs(base32);
    expect(finding.found && finding.ks.reveal()).toBe(expected);
    expect(finding).toMatchObject({ unwrapped: ['base32'] });
  });
});

test('reports no encoding if the key is found unchanged', () => {
  for (const ks of KEYS) {
    for (const text of [ks, `ks=${ks}`, `<a href="?x=1&amp;ks=${ks}">`, `a=3D1 ks=${ks} b`, `{"ks":"${ks}"}`]) {
      expect(findKs(text)).toMatchObject({ found: true, unwrapped: [] });
    }
  }
});

test('two keys on two log lines are two keys', () => {
  const [one, other] = [KEYS[0] as string, KEYS[1] as string];
  const finding = findKs(`2026-11-27 19:55:01 key ${one}\n2026-11-27 19:55:02 key ${other}`);
  expect(finding).toMatchObject({ found: true, others: 1 });
});

test('finds the decoded text of a key, and does not change it', () => {
  const decoded = '73a0a23002157fe7ed2dfa3af2289350b2ad7217|1234567;1234567;2000000000;0;12345;jo;';
  for (const text of [decoded, `ks: ${decoded}`, `"${decoded}"\n`, `<p>${decoded}</p>`]) {
    const finding = findKs(text);
    expect(finding.found && finding.ks.reveal()).toBe(decoded);
  }
});

test('reads the bytes of a key as Java prints them', () => {
  for (const ks of KEYS.filter((key) => key.startsWith('djJ8'))) {
    const bytes = Buffer.from(ks, 'base64');
    const finding = findKs(`[${[...new Int8Array(bytes)].join(', ')}]`);
    expect(finding.found && Buffer.from(finding.ks.reveal(), 'base64')).toEqual(bytes);
  }
});

test('recognizes the hex text of a key in base64 as wrongly encoded', () => {
  const hex = Buffer.from(KEYS.find((key) => key.startsWith('djJ8')) as string, 'base64').toString('hex');
  const finding = findKs(base64(hex));
  expect(finding.found && finding.ks.reveal()).toBe(hex);
});

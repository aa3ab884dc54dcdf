import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asShown, redact } from '../../source/kaltura/redact.js';
import { Secret } from '../../source/kaltura/secret.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };

for (const { id, ks } of vectors.vectors) {
  const short = `${ks.slice(0, 6)}…${ks.slice(-4)}`;
  test(`${id} is shortened wherever it stands`, () => {
    expect(redact(`Invalid KS "${ks}", Error "-1,INVALID_STR"`, [])).toBe(
      `Invalid KS "${short}", Error "-1,INVALID_STR"`,
    );
    expect(redact(`?ks=${encodeURIComponent(ks)}&x=1`, [])).toBe(`?ks=${short}&x=1`);
    expect(redact(JSON.stringify({ ks }).replaceAll('/', '\\/'), [])).toBe(JSON.stringify({ ks: short }));
    expect(redact(`https://kaltura.example/api_v3/ks/${ks}`, [])).not.toContain(ks.slice(0, 20));
    // Cut off, it still opens nothing, but nobody can know how much is missing.
    expect(redact(ks.slice(0, -20), [])).not.toContain(ks.slice(0, 20));
  });
}

test('hex of 32 digits and more keeps its last four', () => {
  expect(redact('secret [0123456789abcdef0123456789abcdef]', [])).toBe('secret [••••cdef]');
  expect(redact('x0123456789ABCDEF0123456789ABCDEFx', [])).toBe('x••••CDEFx');
  expect(redact(`hash ${'ab'.repeat(64)}`, [])).toBe('hash ••••abab');
});

test('ordinary words, numbers and codes stay', () => {
  const text =
    'Error while starting session for partner [2345678] (START_SESSION_ERROR) 709956431, 1795491784 /api_v3/service';
  expect(redact(text, [])).toBe(text);
});

test('a secret that begins another leaves nothing of it behind', () => {
  expect(redact('hunter2-and-more', [new Secret('hunter2'), new Secret('hunter2-and-more')])).toBe('••••');
});

test('no given secret comes through, in any of the forms a server sends back', () => {
  const secrets = fc.string({ unit: 'binary', minLength: 2, maxLength: 40 }).filter((text) => !text.includes('•'));
  const forms = [
    (text: string) => text,
    (text: string) => encodeURIComponent(text),
    (text: string) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
    (text: string) => new URLSearchParams({ a: text }).toString(),
    (text: string) => JSON.stringify(text).slice(1, -1),
  ];
  fc.assert(
    fc.property(secrets, fc.constantFrom(...forms), (secret, form) => {
      const shown = redact(`<${form(secret)}>`, [new Secret(secret)]);
      expect(shown.slice(1, -1)).not.toContain(form(secret));
    }),
  );
});

test('what is shown stands on one line and cannot move the cursor', () => {
  const text = 'a\u001B[2J\nb\u202Ec\u0007  d\u200B';
  expect(asShown(text, [], 100)).toBe('a [2J b c d');
  expect(asShown('x'.repeat(50), [], 10)).toBe(`${'x'.repeat(9)}…`);
});

test('it is cut after it is redacted, so that no half of a secret is left', () => {
  expect(asShown(`12345${'f'.repeat(32)}`, [new Secret('f'.repeat(32))], 8)).toBe('12345••…');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asNamed, asShown, holdsSecret, redact } from '../../source/kaltura/redact.js';
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
    (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#039;'),
    (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;'),
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
  expect(asShown(text, [], 100)).toBe('a[2J bc d');
  expect(asShown('x'.repeat(50), [], 10)).toBe(`${'x'.repeat(9)}…`);
});

test('it is cut after it is redacted, so that no half of a secret is left', () => {
  expect(asShown(`12345${'f'.repeat(32)}`, [new Secret('f'.repeat(32))], 8)).toBe('12345••…');
});

test.each([['It&#039;s &quot;me&quot;'], ['It&#39;s "me"'], ['It&#x27;s &#34;me&#34;'], ["It's &quot;me&quot;"]])(
  'quotation marks in HTML are known by each of their names: %s',
  (html) => {
    expect(asShown(`No: <b>${html}</b>`, [new Secret('It\'s "me"')], 100)).toBe('No: <b>••••</b>');
  },
);

test.each([
  '\u200B',
  '\u00AD',
  '\u2060',
  '\uFEFF',
  '\u202E',
  '\u{E0041}',
  '\u0000',
  '\u001B',
  '\u0085',
  '\n',
  '\r\n',
  '\uD800',
])('nothing unseen (%j) hides a secret from the search', (unseen) => {
  const secret = 'correct horse';
  for (const hidden of ['0123456789abcdef0123456789abcdef', secret, encodeURIComponent(secret)]) {
    const spread = hidden.split('').join(unseen);
    expect(asShown(`<${spread}>`, [new Secret(secret), new Secret('0123456789abcdef0123456789abcdef')], 100)).toBe(
      '<••••>',
    );
  }
});

test('a secret that has unseen characters itself is found with and without them', () => {
  const secret = new Secret('pass\u200Bword\n9');
  expect(asShown('<pass\u200Bword\n9> <password\n9> <password9>', [secret], 100)).toBe('<••••> <••••> <••••>');
});

test('of a very long text the beginning is read, and its cut shows no half of a secret', () => {
  const secret = 'correct horse battery staple';
  const key = vectors.vectors[0]?.ks ?? '';
  for (const hidden of [secret, '0123456789abcdef0123456789abcdef', key]) {
    for (let length = 1; length <= hidden.length; length += 1) {
      const text = `${' '.repeat(4096 - length - 2)}- ${hidden}${'.'.repeat(2_000_000)}`;
      const shown = asShown(text, [new Secret(secret)], 300);
      expect(shown).toMatch(/^-( …|…)$/);
    }
  }
});

test('a name is told whole though it looks like a secret, but for the secrets that were sent, keys, and what is unseen', () => {
  const secret = new Secret('0123456789abcdef0123456789abcdef');
  const hash = 'fedcba98'.repeat(4);
  expect(asNamed(`user ${hash}`, [secret], 100)).toBe(`user ${hash}`);
  expect(asNamed(`\u001B[31m${secret.reveal().split('').join('\u200B')}\u202E`, [secret], 100)).toBe('[31m••••');
  expect(asNamed(`x ${secret.reveal().slice(0, 20)}`, [secret], 100)).toBe('x ••••');
  const { ks } = vectors.vectors[0] as { readonly ks: string };
  expect(asNamed(`list:${ks}`, [], 1000)).toBe(`list:${ks.slice(0, 6)}…${ks.slice(-4)}`);
});

test('a secret is found in a text however it is disguised', () => {
  const secret = new Secret('pass phrase & more');
  for (const text of [
    'xpass phrase & morex',
    'pass\u200B phrase \u202E& more',
    'pass phr\nase & more',
    encodeURIComponent(secret.reveal()),
    'pass phrase &amp; more',
  ]) {
    expect(holdsSecret(text, [secret]), text).toBe(true);
  }
  expect(holdsSecret('pass phrase and more', [secret])).toBe(false);
});

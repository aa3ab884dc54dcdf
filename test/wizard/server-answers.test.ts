import { describe, expect, test } from 'vitest';
import { callApi } from '../../source/kaltura/api/client.js';
import type { HttpResponse } from '../../source/kaltura/api/http.js';
import { Secret } from '../../source/kaltura/secret.js';
import { ADMIN_SECRET, enter, failed, messagesOf, optionsOf, play, start, TO_REVIEW, viewText } from './play.js';

/** Forms in which a server can repeat a secret. */
const ENCODED = [
  ADMIN_SECRET,
  Buffer.from(ADMIN_SECRET).toString('base64'),
  [...ADMIN_SECRET].join(' '),
  [...ADMIN_SECRET].map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join(''),
  [...ADMIN_SECRET].map((character) => `&#${character.charCodeAt(0)};`).join(''),
  [...ADMIN_SECRET].reverse().join(''),
  ADMIN_SECRET.toUpperCase(),
  ADMIN_SECRET.slice(0, 16),
];

const exception = (code: string, args: object = {}): string =>
  JSON.stringify({ objectType: 'KalturaAPIException', code, message: ENCODED.join(' '), args });

const ALL = Object.fromEntries(
  ['ID', 'PARAM_NAME', 'FIELD_NAME', 'KSID', 'ERR_DESC', 'ENUM_VAL', 'XML_FIELD'].map((name, index) => [
    name,
    ENCODED[index],
  ]),
);

const ECHOES: readonly (readonly [string, Partial<HttpResponse>])[] = [
  ['an unknown code', { body: exception('NEW_ERROR_CODE', ALL) }],
  ['the code', { body: exception(ENCODED[6] ?? '') }],
  ['a known code', { body: exception('INVALID_ENUM_VALUE', ALL) }],
  ['an object', { body: exception('CATEGORY_NOT_FOUND', ALL) }],
  ['a header', { body: exception('NEW_ERROR_CODE'), headers: { 'x-kaltura-session': ENCODED[1] ?? '' } }],
  ['a redirect', { status: 302, headers: { location: `https://x.example/${ENCODED.join('/')}` } }],
  ['a web page', { body: `<html>${ENCODED.join('<br>')}` }],
];

const working = play(start(), ...TO_REVIEW, enter()).state;

async function failureOf(response: Partial<HttpResponse>) {
  const http = async () => ({ status: 200, headers: {}, body: '', ...response });
  const parameters = { secret: new Secret(ADMIN_SECRET) };
  return await callApi(http, 'https://api.eu.kaltura.com', 'session.start', parameters).catch(
    (error: unknown) => error,
  );
}

describe.each(ECHOES)('a server that echoes the secret in %s', (_, response) => {
  test('is not quoted on the failure screen', async () => {
    const { view } = play(working, failed(await failureOf(response)));
    for (const text of ENCODED) expect(viewText(view)).not.toContain(text);
    expect(optionsOf(view, 'option').join()).toContain('answer');
  });

  test('is quoted only on a separate screen, without the exact secret', async () => {
    const shown = play(working, failed(await failureOf(response)), enter({ option: 'answer' }));
    expect(shown.state.screen).toBe('answer');
    expect(messagesOf(shown.view)).toContain('The answer can contain parts of your request');
    expect(viewText(shown.view)).not.toContain(ADMIN_SECRET);
  });
});

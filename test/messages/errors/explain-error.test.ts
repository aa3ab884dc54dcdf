import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../source/kaltura/diagnosis/error-codes.js';
import { findErrors } from '../../../source/kaltura/diagnosis/find-errors.js';
import { ERROR_TEXTS, explainError } from '../../../source/messages/errors/explain-error.js';

/** Patterns of words in capitals in the documents that are not error codes. */
const NO_CODES = [
  /^KALTURA_|^FEATURE_|^AGENTIC_/,
  /_ROLE$|_BASE$|_PERMISSION$|_URL$|_NAME$|_VALUE$/,
  /^(ENUM_(TYPE|VAL)|ERR_(CODE|DESC)|WIDGET_SESSION|(APP_TOKEN|PARTNER|USER|WIDGET|EVENT)_ID)$/,
];

/** Words that are not error codes: permissions, log types, roles, privileges and variables. */
const OTHER_WORDS = [
  'ADMIN_PUBLISHER_MANAGE',
  'ADMIN_SECRET',
  'ADMIN_USER_ADD',
  'APP_TOKEN_ADD',
  'BULK_LOG_VIEWER',
  'CAPTION_MODIFY',
  'CONTENT_INGEST_CLIP_MEDIA',
  'CONTENT_INGEST_REFERENCE_MODIFY',
  'CONTENT_MANAGE_EDIT_CATEGORIES',
  'EP_USER_ANALYTICS',
  'GAME_MANAGE',
  'KMC_ACCESS',
  'KMC_READ_ONLY',
  'LIVE_STREAM_ADD',
  'PRIVACY_CONTEXT',
  'SESSION_READ',
];

/** The names of Kaltura's guides, which the documents cite: `[G SESSION §5.3]`, `SESSION §8`. */
const citedIn = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/\[[^\]\n]*\b[GK] [^\]\n]*\]|\b[A-Z][A-Z_]+ §/g)].flatMap(
      ([citation]) => citation.match(/\b[A-Z][A-Z_]+\b/g) ?? [],
    ),
  );

const DOCUMENTS = ['docs/kaltura-facts.md', 'docs/kaltura-products.md']
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const codesInDocuments = (): string[] => {
  const cited = citedIn(DOCUMENTS);
  const words = new Set(DOCUMENTS.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g));
  return [...words].filter(
    (word) => !cited.has(word) && !OTHER_WORDS.includes(word) && !NO_CODES.some((form) => form.test(word)),
  );
};

const FIXTURES = ['accounts-and-tokens', 'entitlement', 'field-cases', 'recordings']
  .map((name) => readFileSync(`test/fixtures/${name}.json`, 'utf8').replaceAll(/\\+"/g, '"'))
  .join('\n');

const codesInRecordings = (): string[] => [
  ...new Set(
    [...FIXTURES.matchAll(/"code":\s*"([A-Z]\w+)"|<code>([A-Z]\w+)<|"code";s:\d+:"([A-Z]\w+)"/g)].map(
      ([, json, xml, php]) => json ?? xml ?? php ?? '',
    ),
  ),
];

describe('every error code has its own explanation', () => {
  test('in the recordings', () => {
    const codes = codesInRecordings();
    expect(codes.length).toBeGreaterThan(45);
    expect(codes.filter((code) => !Object.hasOwn(ERROR_TEXTS, code))).toEqual([]);
  });

  test('in the documents', () => {
    const codes = codesInDocuments();
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((code) => !Object.hasOwn(ERROR_TEXTS, code))).toEqual([]);
  });

  test('and every code is in the documents or recordings', () => {
    const known = `${DOCUMENTS}\n${FIXTURES}`;
    expect(Object.keys(ERROR_CODES).filter((code) => !new RegExp(`\\b${code}\\b`).test(known))).toEqual([]);
  });
});

describe.each(Object.entries(ERROR_TEXTS))('%s', (_, { meaning, causes, fix }) => {
  test('is explained in complete, short sentences', () => {
    expect(causes.length).toBeGreaterThan(0);
    for (const text of [meaning, ...causes, fix]) {
      expect(text).toMatch(/^[A-Za-z-].*\.$|^[a-z]\w+.*\.$/);
      for (const sentence of text.split(/(?<=[.:]) /)) expect(sentence.split(' ').length).toBeLessThan(27);
    }
  });
});

const explained = (text: string) => findErrors(text).map(explainError);

test('the checks contain the IDs of the error', () => {
  expect(explained('Category id "8" not found')[0]?.checks[0]?.command).toBe(
    'kaltura-ks check <profile> --category 8 --look-behind',
  );
  expect(explained('ENTRY_ID_NOT_FOUND')[0]?.checks[0]?.command).toBe(
    'kaltura-ks check <profile> --entry <ID> --look-behind',
  );
  expect(
    explained('Error while starting session for partner [102]')[0]?.checks.map(({ command }) => command),
  ).toContain('kaltura-ks regions 102');
});

test('an unknown code gets general advice, no invented cause, and no check', () => {
  const [error] = explained('FROBNICATION_DENIED');
  expect(error).toMatchObject({ code: 'FROBNICATION_DENIED', isKnown: false, similar: [], checks: [] });
  expect(error?.meaning).toMatch(/does not know this code/);
  expect(error?.fix).toMatch(/X-Kaltura-Session/);
});

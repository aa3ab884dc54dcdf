import { describe, expect, test } from 'vitest';
import { KsError } from '../../source/kaltura/ks/fields.js';
import { openKs } from '../../source/kaltura/ks/open.js';
import { answer } from '../../source/practice/response.js';
import { EXCLUDED, hasMissingAction } from './excluded-recordings.js';
import { ADMIN_SECRET, recordedData } from './recorded-data.js';
import { RECORDINGS, type Recording, requestOf } from './recordings.js';

const withKnownAction = RECORDINGS.filter((recording) => !hasMissingAction(recording.request.path));
const replayed = withKnownAction.filter(({ name }) => !EXCLUDED.has(name));

// In the order of the run and with the same data, because some depend on earlier ones, for example on a revoked key or a locked login.
const answers = new Map<string, string>();
const data = recordedData();
for (const recording of withKnownAction) {
  const now = () => Date.parse(recording.response.date);
  const { body } = answer(requestOf(recording), { data: data, now, randomBytes: randomBytesFor(recording) });
  answers.set(recording.name, comparable(body));
}

/** Random bytes that result in the recorded values: the ID of a created app token, and its value. */
function randomBytesFor({ request, response }: Recording): (length: number) => Uint8Array {
  const made = /(?:"id":"|<id>)0_(\w{8})(?:","token":"|<\/id><token>)(\w{32})/.exec(response.body);
  const values =
    made === null || !request.path.endsWith('/appToken/action/add')
      ? []
      : [
          Uint8Array.from(made[1] as string, (letter) => Number.parseInt(letter, 36)),
          Buffer.from(made[2] as string, 'hex'),
        ];
  return (length) => values.shift() ?? new Uint8Array(length);
}

/** The text without what differs between runs: the execution time, and everything of keys except their fields. */
function comparable(body: string): string {
  return body
    .replace(/<executionTime>[^<]*<\/executionTime>/, '')
    .replaceAll(/[A-Za-z0-9+/_\\=-]{60,}/g, (text) => keyFields(text.replaceAll('\\/', '/')) ?? text);
}

function keyFields(ks: string): string | null {
  try {
    const { random: _random, hash: _hash, ...fields } = openKs(ks, [ADMIN_SECRET]);
    return JSON.stringify(fields);
  } catch (error) {
    if (error instanceof KsError) return null;
    throw error;
  }
}

const recordedAnswer = ({ response }: Recording): string => comparable(response.body);

// Compares every byte of the body, including the order of fields and the escapes. The HTTP status is always 200.
describe('answers like the real server', () => {
  for (const recording of replayed) {
    test(recording.name, () => {
      expect(answers.get(recording.name)).toBe(recordedAnswer(recording));
      expect(recording.response.status).toBe(200);
    });
  }
});

test('the number of replayed recordings is unchanged', () => {
  const counts = { recorded: RECORDINGS.length, ofOurActions: withKnownAction.length, replayed: replayed.length };
  expect(counts).toEqual({ recorded: 1507, ofOurActions: 1165, replayed: 1092 });
});

test('every excluded recording exists, and has a different answer', () => {
  const names = new Set(withKnownAction.map(({ name }) => name));
  expect([...EXCLUDED.keys()].filter((name) => !names.has(name))).toEqual([]);
  const unnecessary = withKnownAction.filter(
    (recording) => EXCLUDED.has(recording.name) && answers.get(recording.name) === recordedAnswer(recording),
  );
  expect(unnecessary.map(({ name }) => name)).toEqual([]);
});

test('the keys in the answers were decrypted and compared', () => {
  const withKeys = replayed.filter((recording) => recordedAnswer(recording).includes('"expiresAt"'));
  expect(withKeys.length).toBeGreaterThan(90);
});

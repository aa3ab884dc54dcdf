import { describe, expect, test } from 'vitest';
import { KsError } from '../../source/kaltura/ks/fields.js';
import { openKs } from '../../source/kaltura/ks/open.js';
import { answer } from '../../source/practice/response.js';
import { isOfOtherAction, LEFT_OUT } from './left-out.js';
import { ADMIN_SECRET, recordedWorld } from './recorded-world.js';
import { RECORDINGS, type Recording, requestOf } from './recordings.js';

const ofOurActions = RECORDINGS.filter((recording) => !isOfOtherAction(recording.request.path));
const replayed = ofOurActions.filter(({ name }) => !LEFT_OUT.has(name));

// In the order of the run and in one world, since some depend on earlier ones: an ended key, a used-up limit, a locked login.
const answers = new Map<string, string>();
const world = recordedWorld();
for (const recording of ofOurActions) {
  const now = () => Date.parse(recording.response.date);
  const { body } = answer(requestOf(recording), { data: world, now, randomBytes: chanceOf(recording) });
  answers.set(recording.name, comparable(body));
}

/** What was left to chance came out as the answer tells: the ID of an app token that was made, and its value. */
function chanceOf({ request, response }: Recording): (length: number) => Uint8Array {
  const made = /(?:"id":"|<id>)0_(\w{8})(?:","token":"|<\/id><token>)(\w{32})/.exec(response.body);
  const drawn =
    made === null || !request.path.endsWith('/appToken/action/add')
      ? []
      : [
          Uint8Array.from(made[1] as string, (letter) => Number.parseInt(letter, 36)),
          Buffer.from(made[2] as string, 'hex'),
        ];
  return (length) => drawn.shift() ?? new Uint8Array(length);
}

/** The text with what differs from run to run taken out: the time a request took, and of keys all but their fields. */
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

// Byte for byte: body, error, the order of fields and the escapes; the HTTP status of an answer is always 200.
describe('answers as the real server did', () => {
  for (const recording of replayed) {
    test(recording.name, () => {
      expect(answers.get(recording.name)).toBe(recordedAnswer(recording));
      expect(recording.response.status).toBe(200);
    });
  }
});

test('as many are replayed as can be', () => {
  const counts = { recorded: RECORDINGS.length, ofOurActions: ofOurActions.length, replayed: replayed.length };
  expect(counts).toEqual({ recorded: 1507, ofOurActions: 1165, replayed: 1092 });
});

test('what is left out exists, and differs', () => {
  const names = new Set(ofOurActions.map(({ name }) => name));
  expect([...LEFT_OUT.keys()].filter((name) => !names.has(name))).toEqual([]);
  const needless = ofOurActions.filter(
    (recording) => LEFT_OUT.has(recording.name) && answers.get(recording.name) === recordedAnswer(recording),
  );
  expect(needless.map(({ name }) => name)).toEqual([]);
});

test('the keys in the answers were opened, not passed over', () => {
  const withKeys = replayed.filter((recording) => recordedAnswer(recording).includes('"expiresAt"'));
  expect(withKeys.length).toBeGreaterThan(90);
});

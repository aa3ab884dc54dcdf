import { describe, expect, test } from 'vitest';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyAnswer } from '../../source/kaltura/sessions/read-on-server.js';
import type { Profile } from '../../source/profiles/profile.js';
import { SecretSourceError } from '../../source/secrets/source-error.js';
import type { State } from '../../source/wizard/engine/state.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import {
  ADMIN_SECRET,
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlValue,
  enter,
  factsOf,
  type Move,
  made,
  madeKey,
  messagesOf,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  problemOf,
  questionIn,
  SECONDS,
  sample,
  set,
  start,
  TO_REVIEW,
  unanswered,
  viewText,
} from './play.js';

/** The explanation of a key: from its contents, with a secret that decrypts it, or from the server. */

function vector(id: string): { readonly ks: string; readonly secret: string } {
  const found = vectors.vectors.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
}

/** A key of jane that is valid for an hour. */
const signed = (adminSecret: Secret, partnerId: number): Secret =>
  new Secret(
    signKsV2(
      {
        partnerId,
        userId: 'jane',
        type: 0,
        privileges: '',
        expiresAt: SECONDS + 3600,
        masterPartnerId: null,
        additionalData: null,
      },
      adminSecret,
      new Uint8Array(16),
    ),
  );

const VERSION_1 = vector('v1-2');
const VERSION_2 = vector('v2-2');

const PROFILES = [
  sample({ secretSource: { kind: 'keychain' } }),
  sample({ name: 'nightly', method: 'local', secretSource: { kind: 'file' } }),
  sample({ name: 'other', partnerId: 102, secretSource: { kind: 'keychain' } }),
  sample({ name: 'login', method: 'login', secretSource: { kind: 'keychain' } }),
];

const TO_PASTE = act('inspect');
const explained = (ks: string | Secret, from: State = start()) =>
  play(from, TO_PASTE, enter({ paste: typeof ks === 'string' ? ks : ks.reveal() }));
const explainedEncrypted = explained(VERSION_2.ks).state;
const ofProfiles = explained(VERSION_2.ks, start(PROFILES)).state;
const TO_SERVER: readonly Move[] = [enter({ option: 'ask' }), enter({ region: 'eu' })];

describe('a pasted key', () => {
  test('has a field that opens from the first step and from Home, and Esc goes back there', () => {
    for (const from of [start(), start(PROFILES)]) {
      const { state } = play(from, TO_PASTE);
      expect(state.screen).toBe('paste');
      expect(play(state, back).state.screen).toBe(from.screen);
    }
  });

  test('of version 1 is read without a request', () => {
    const { view, state, effects } = explained(VERSION_1.ks);
    expect(effects).toEqual([]);
    expect(state.screen).toBe('explain');
    expect(factsOf(view)).toMatchObject({ Partner: '102', Type: 'USER', User: 'jane.doe', Signature: 'not checked' });
    expect(messagesOf(view)).toContain('setrole:PLAYBACK_BASE_ROLE');
    expect(viewText(view)).not.toContain(VERSION_1.ks.slice(0, 20));
  });

  test('of version 2 shows only its account', () => {
    const { view } = explained(VERSION_2.ks);
    expect(factsOf(view)).toEqual({ Version: '2 (encrypted)', Partner: '2345678', Signature: 'not checked' });
    expect(optionsOf(view, 'option')).toEqual(['open-key', 'ask', 'check', 'use', 'end', 'back']);
  });

  test('is found in the text around it', () => {
    expect(messagesOf(explained(`curl -d ks=${VERSION_1.ks} https://www.kaltura.com`).view)).toMatch(
      /had a name before it|The key was in/,
    );
  });

  test('text without a key is refused in the field', () => {
    expect(problemOf(play(start(), TO_PASTE).view, 'paste')).toContain('Paste a key first');
    expect(() => play(start(), TO_PASTE, enter({ paste: 'no key at all' }))).toThrow(/The text contains no key/);
  });

  test('that is damaged stays in the field for correction', () => {
    const { view, state } = explained(VERSION_2.ks.slice(0, 40));
    expect(optionsOf(view, 'option')).toEqual(['back']);
    for (const again of [play(state, enter()), play(state, back)]) {
      expect(again.state.screen).toBe('paste');
      expect((controlValue(again.view, 'paste') as Secret).length).toBe(40);
    }
  });

  test('that is a secret can become a new key', () => {
    const { view, state } = explained('a'.repeat(32));
    expect(view.question).toBe('This looks like a secret, not a session key');
    expect(optionsOf(view, 'option')).toEqual(['back', 'new-key']);
    expect(play(state, enter({ option: 'new-key' })).state.screen).toBe('region');
  });

  test('that has expired by this computer’s clock is not used or revoked, but can be checked', () => {
    const ks = signKsV2(
      { partnerId: 2345678, userId: 'jane', type: 0, privileges: '', expiresAt: SECONDS - 60 },
      new Secret(ADMIN_SECRET),
      new Uint8Array(16),
    );
    const { view } = play(explained(ks).state, enter({ option: 'open-key' }), enter({ openingSecret: ADMIN_SECRET }));
    expect(optionsOf(view, 'option')).toEqual(['new-key', 'check', 'back']);
  });

  test('is dropped when the user leaves the screen', () => {
    const { state } = play(explained(VERSION_1.ks).state, back, back, TO_PASTE);
    expect(state.inspection.ks).toBeNull();
    expect(state.inspection.paste.length).toBe(0);
  });

  test('from practice is read without a secret, and its server is known', () => {
    const { view, state } = explained(signed(PRACTICE_ACCOUNT.secret, Number(PRACTICE_ACCOUNT.partnerId)));
    expect(factsOf(view)).toMatchObject({ Type: 'USER', User: 'jane' });
    expect(state.inspection.server).toEqual({ region: 'practice', address: '' });
    const asked = play(state, enter({ option: 'check' }), enter());
    expect(questionIn(asked)).toMatchObject({ server: { practice: 'any' } });
  });
});

describe('an encrypted key', () => {
  test('is decrypted with the account’s admin secret, which is then dropped', () => {
    const { state, view, effects } = play(
      explainedEncrypted,
      enter({ option: 'open-key' }),
      enter({ openingSecret: VERSION_2.secret }),
    );
    expect(effects).toEqual([]);
    expect(factsOf(view)).toMatchObject({ Type: 'ADMIN', User: 'admin@example.com' });
    expect(factsOf(view)['Signature']).toMatch(/^valid/);
    expect(state.inspection.openingSecret.length).toBe(0);
    expect(optionsOf(view, 'option')).toEqual(['check', 'use', 'end', 'back']);
  });

  test('says that a wrong secret did not sign it', () => {
    const { view } = play(
      explainedEncrypted,
      enter({ option: 'open-key' }),
      enter({ openingSecret: vector('v2-8').secret }),
    );
    expect(factsOf(view)['Signature']).toBe('INVALID: not signed with the secret that you entered');
    expect(optionsOf(view, 'option')).toContain('open-key');
  });

  test('keeps a partly typed secret after Esc', () => {
    const { state } = play(
      explainedEncrypted,
      enter({ option: 'open-key' }),
      set('openingSecret', new Secret('b1946ac9')),
      back,
    );
    expect(state.screen).toBe('explain');
    expect((controlValue(play(state, enter({ option: 'open-key' })).view, 'openingSecret') as Secret).reveal()).toBe(
      'b1946ac9',
    );
  });

  test('is decrypted with the stored secret of a profile of the same account', () => {
    expect(optionsOf(play(ofProfiles).view, 'option').filter((value) => value.startsWith('open:'))).toEqual([
      'open:production',
      'open:nightly',
    ]);
    const asked = play(ofProfiles, enter({ option: 'open:production' }));
    expect(questionIn(asked)).toEqual({ ask: 'secret-of', profile: 'production', passphrase: null });
    const opened = play(asked.state, answered({ to: 'secret-of', is: new Secret(VERSION_2.secret) }));
    expect(factsOf(opened.view)['Signature']).toMatch(/^valid/);
  });

  test('asks to confirm the command of an imported profile first, and reads it after that', () => {
    const secretSource = { kind: 'command', command: ['pass'], usesShell: false, isConfirmed: false } as const;
    const profiles = ofProfiles.profiles.map((profile) => ({ ...profile, secretSource }));
    const shown = play({ ...ofProfiles, profiles }, enter({ option: 'open:production' }));
    expect([shown.screens, shown.effects]).toEqual([['confirm-source'], []]);
    expect(play(shown.state, back).screens).toEqual(['explain']);
    expect(play(shown.state, enter({ option: 'type' })).screens).toEqual(['open-key']);
    const yes = play(shown.state, enter({ option: 'yes' }));
    const profile = { ...profiles[0], secretSource: { ...secretSource, isConfirmed: true } } as Profile;
    const event = {
      type: 'source-confirmed',
      attempt: yes.state.waiting.attempt,
      profile,
      reason: '',
      profiles,
    } as const;
    expect(questionIn(play(yes.state, event))).toEqual({ ask: 'secret-of', profile: 'production', passphrase: null });
  });

  test('asks for the passphrase first if the secret is in an encrypted file', () => {
    const asked = play(ofProfiles, enter({ option: 'open:nightly' }));
    expect(asked.effects).toEqual([]);
    expect(asked.view.question).toContain('“nightly”');
    const opening = play(asked.state, enter({ openingSecret: 'correct horse' }));
    const question = questionIn(opening);
    expect(question).toMatchObject({ ask: 'secret-of', profile: 'nightly' });
    expect(question.ask === 'secret-of' && question.passphrase?.reveal()).toBe('correct horse');
    expect(opening.state.inspection.openingSecret.length).toBe(0);
  });

  test('says why the secret can’t be read, and keeps all options', () => {
    const locked = new SecretSourceError('locked', 'The keychain is locked.', 'Unlock it.');
    const { view } = play(ofProfiles, enter({ option: 'open:production' }), unanswered(locked));
    expect(messagesOf(view)).toContain('The keychain is locked. Unlock it.');
    expect(optionsOf(view, 'option')).toContain('open-key');
  });
});

describe('the server of a pasted key', () => {
  test('is chosen before a request, and only this server gets the key', () => {
    const choosing = play(explainedEncrypted, enter({ option: 'ask' }));
    expect(choosing.effects).toEqual([]);
    expect(choosing.view.lead).toContain('is sent only to the server that you choose here');
    const asked = questionIn(play(choosing.state, enter({ region: 'eu' })));
    expect(asked).toMatchObject({ ask: 'read-key', server: { serviceUrl: 'https://api.eu.kaltura.com' } });
  });

  test('gets no request over plain http', () => {
    const explainedOwn = (address: string) =>
      play(explainedEncrypted, enter({ option: 'ask' }), enter({ region: 'own', address }));
    expect(() => explainedOwn('http://video.example.com')).toThrow(/uses http/);
    expect(questionIn(explainedOwn('https://kmc.kaltura.com/index.php/kmcng'))).toMatchObject({
      server: { serviceUrl: 'https://www.kaltura.com' },
    });
    expect(questionIn(explainedOwn('https://video.example.com'))).toMatchObject({
      server: { serviceUrl: 'https://video.example.com' },
    });
  });

  test('keeps the URL of a self-hosted server after Esc, and can be changed after an answer', () => {
    const typing = play(
      explainedEncrypted,
      enter({ option: 'ask' }),
      set('region', 'own'),
      set('address', 'https://video.example.com'),
    );
    const again = play(typing.state, back, enter({ option: 'ask' }));
    expect(controlValue(again.view, 'address')).toBe('https://video.example.com');
    const refused = play(again.state, enter(), answered({ to: 'read-key', is: { answer: 'refused' } }));
    expect(play(refused.state, enter({ option: 'ask' })).state.screen).toBe('key-region');
  });

  test('is chosen only once', () => {
    const known = play(
      explainedEncrypted,
      ...TO_SERVER,
      answered({ to: 'read-key', is: { answer: 'forbidden' } }),
    ).state;
    expect(play(known, enter({ option: 'check' })).state.screen).toBe('check');
    const revoking = play(explainedEncrypted, enter({ option: 'end' }), enter({ region: 'us' }));
    expect(revoking.state.screen).toBe('end');
    expect(revoking.effects).toEqual([]);
  });

  test('can be found with a search in all six regions for the account of the key', () => {
    const searching = play(explainedEncrypted, enter({ option: 'ask' }), enter({ region: 'unknown' }));
    expect(searching.state.screen).toBe('find-region');
    expect(controlValue(searching.view, 'partnerId')).toBe('2345678');
    expect(play(searching.state, back).state.screen).toBe('key-region');
    const found = play(
      searching.state,
      enter(),
      answered({ to: 'regions', is: [{ region: 'ca', outcome: 'known', failure: null }] }),
    ).state;
    expect(questionIn(play(found, enter()))).toMatchObject({
      ask: 'read-key',
      server: { serviceUrl: 'https://api.ca.kaltura.com' },
    });
  });

  test('Esc from the choice of the server goes back to the key', () => {
    const { state } = play(explainedEncrypted, enter({ option: 'check' }), set('region', 'ca'), back);
    expect(state.screen).toBe('explain');
    expect(state.inspection.ks).toBe(explainedEncrypted.inspection.ks);
    expect(state.inspection.server).toBeNull();
  });

  const facts = { partnerId: 2345678, userId: 'jane', type: 'ADMIN', privileges: '', expiresAt: null } as const;
  test.each<[KeyAnswer, message: RegExp, signature: RegExp]>([
    [{ answer: 'facts', facts }, /the server returned its details/, /^valid: the server accepts the key/],
    [{ answer: 'forbidden' }, /unknown whether the key works/, /^not checked/],
    [{ answer: 'ended', reason: 'LOGOUT' }, /was revoked/, /^valid: the server read the key, but doesn’t accept it$/],
    [
      { answer: 'held-back', reason: 'EXCEEDED_RESTRICTED_IP' },
      /doesn’t work from here/,
      /^valid: the server read the key, but doesn’t accept it$/,
    ],
    [{ answer: 'refused' }, /can’t read the key/, /^not checked/],
  ])('the answer %o is explained', (is, message, signature) => {
    const { state, view } = play(explainedEncrypted, ...TO_SERVER, answered({ to: 'read-key', is }));
    expect(state.screen).toBe('explain');
    expect(messagesOf(view)).toMatch(message);
    expect(factsOf(view)['Signature']).toMatch(signature);
    expect(state.inspection.ks).toBe(explainedEncrypted.inspection.ks);
  });

  test('after a refusal to read the details, the check is marked and the details are not offered again', () => {
    const { view } = play(explainedEncrypted, ...TO_SERVER, answered({ to: 'read-key', is: { answer: 'forbidden' } }));
    expect(controlValue(view, 'option')).toBe('check');
    expect(optionsOf(view, 'option')).not.toContain('ask');
  });

  test.each(['EXPIRED', 'LOGOUT', 'EXCEEDED_ACTIONS_LIMIT'] as const)(
    '%s: a new key is offered, and no uses',
    (reason) => {
      const { state, view } = play(
        explainedEncrypted,
        ...TO_SERVER,
        answered({ to: 'read-key', is: { answer: 'ended', reason } }),
      );
      expect(optionsOf(view, 'option')).toEqual(['new-key', 'back']);
      expect(controlValue(view, 'option')).toBe('new-key');
      expect(play(state, enter()).state.screen).toBe('region');
    },
  );

  test('that gives no answer: the screen of the key shows the cause and the next step', () => {
    const { state, view } = play(explainedEncrypted, ...TO_SERVER, unanswered(CONNECTION_RESET));
    expect(state.screen).toBe('explain');
    expect(messagesOf(view)).toContain('was interrupted');
    expect(factsOf(view)['Partner']).toBe('2345678');
  });

  test('Esc cancels the request, and a late answer is ignored', () => {
    const waiting = play(explainedEncrypted, ...TO_SERVER).state;
    const { state } = play(waiting, back);
    expect(state.screen).toBe('explain');
    const late = { to: 'read-key', is: { answer: 'forbidden' } } as const;
    expect(play(state, { type: 'answered', attempt: waiting.waiting.attempt, answer: late }).state).toEqual(state);
  });
});

describe('the current key', () => {
  const explaining = (ks: Secret) =>
    play(start(), ...TO_REVIEW, enter(), made(madeKey({}, { ks })), act('next'), enter({ option: 'explain' }));
  const explainedOwn = explaining(signed(new Secret(ADMIN_SECRET), 2345678));

  test('is decrypted with the secret that created it', () => {
    expect(explainedOwn.effects.filter((effect) => effect.do === 'ask')).toEqual([]);
    expect(factsOf(explainedOwn.view)).toMatchObject({ Type: 'USER', User: 'jane' });
    expect(factsOf(explainedOwn.view)['Signature']).toMatch(/^valid/);
    expect(optionsOf(explainedOwn.view, 'option')).toEqual(['check', 'use', 'end', 'back']);
  });

  test('is explained from its request if no secret decrypts it', () => {
    const { view } = explaining(new Secret(VERSION_2.ks));
    expect(factsOf(view)).toMatchObject({ Partner: '2345678', Type: 'ADMIN', Signature: 'not checked' });
    expect(factsOf(view)['Details from']).toMatch(/not confirmed/);
  });

  test('is unchanged afterwards', () => {
    const { state } = play(explainedOwn.state, back, back);
    expect(state.screen).toBe('result');
    expect(state.key).toBe(explainedOwn.state.key);
  });
});

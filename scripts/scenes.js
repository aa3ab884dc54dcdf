import { profile } from './saved-profiles.js';

/**
 * The pictures of the README, all made with the practice server. Each step waits for a text on the screen, and then types or
 * presses keys. The picture is taken when `until` is on the screen. test/ui/pictures.test.ts runs the same steps.
 */
const toSignIn = [{ waitFor: 'Step 1 of', press: ['enter'] }];
const toAccount = [...toSignIn, { waitFor: 'Step 2 of', press: ['enter'] }];
const toPurpose = [...toAccount, { waitFor: /Partner ID +\d+/, press: ['enter'] }];
const toUseCases = [
  ...toPurpose,
  { waitFor: '❯ Look around', press: ['down'] },
  { waitFor: '❯ Play ', press: ['enter'] },
];
const toType = [
  ...toPurpose,
  { waitFor: '❯ Look around', press: ['up'] },
  { waitFor: '❯ Something else', press: ['enter'] },
];
const toAdmin = [
  ...toType,
  { waitFor: '❯ I will', press: ['enter'] },
  { waitFor: '❯ USER', press: ['down'] },
  { waitFor: '❯ ADMIN', press: ['enter'] },
];
const toPrivileges = [
  ...toAdmin,
  { waitFor: '❯ Create a USER', press: ['down'] },
  { waitFor: '❯ Create an ADMIN', press: ['enter'] },
  { waitFor: 'Step 5 of', type: 'editor@example.com' },
  { waitFor: 'editor@example.com', press: ['enter', 'enter'] },
];
const toReview = [
  ...toPrivileges,
  { waitFor: '❯ No privileges', press: ['down'] },
  { waitFor: '❯ Play chosen entries  ', press: ['down'] },
  { waitFor: '❯ Play chosen entries,', press: ['down'] },
  { waitFor: '❯ Upload', press: ['down'] },
  { waitFor: '❯ Act with', press: ['down'] },
  { waitFor: '❯ See everything', press: ['enter'] },
];
const toResult = [
  ...toReview,
  { waitFor: 'type “admin”', type: 'admin' },
  { waitFor: /Confirm +admin\n/, press: ['enter'] },
];
const toExplained = [
  ...toResult,
  { waitFor: 'is valid for', type: 'm' },
  { waitFor: '❯ Check the key', press: ['down'] },
  { waitFor: '❯ Look for', press: ['down'] },
  { waitFor: '❯ Use the key', press: ['down'] },
  { waitFor: '❯ Explain the key', press: ['enter'] },
];
/** An ordinary USER key with a user and no privileges. */
const fromTypeToUserReview = [
  { waitFor: '❯ I will', press: ['enter'] },
  { waitFor: '❯ USER', press: ['enter'] },
  { waitFor: 'Step 5 of', type: 'editor@example.com' },
  { waitFor: 'editor@example.com', press: ['enter', 'enter'] },
  { waitFor: '❯ List and play everything', press: ['up'] },
  { waitFor: '❯ No privileges', press: ['enter'] },
];
const toHidden = [
  ...toType,
  ...fromTypeToUserReview,
  { waitFor: 'Ready to create', press: ['enter'] },
  { waitFor: 'is valid for', type: 'k' },
  { waitFor: '❯ Ask the server', press: ['down'] },
  { waitFor: '❯ Look for', press: ['enter'] },
  { waitFor: 'Which entry or category', type: '2003' },
  { waitFor: /ID +2003/, press: ['enter'] },
  { waitFor: '❯ Check whether', press: ['enter'] },
];
/** An ADMIN key that is refused, because the account's User Secret was entered. */
const toFailure = [
  ...toAccount,
  { waitFor: /Partner ID +\d+/, press: ['tab'] },
  { waitFor: /32 characters/, press: ['ctrl+u'] },
  { waitFor: /Secret *\n/, type: 'decaf000decaf000decaf000decaf000' },
  { waitFor: /32 characters/, press: ['enter'] },
  ...toAdmin.slice(toPurpose.length),
  { waitFor: '❯ Create a USER', press: ['down'] },
  { waitFor: '❯ Create an ADMIN', press: ['enter'] },
  { waitFor: 'Step 5 of', press: ['enter', 'enter'] },
  { waitFor: '❯ No privileges', press: ['enter'] },
  { waitFor: 'Ready to create', press: ['enter'] },
];
const toCause = [
  ...toFailure,
  { waitFor: '❯ Enter the secret', press: ['down'] },
  { waitFor: '❯ Create a USER', press: ['down'] },
  { waitFor: '❯ Change the partner', press: ['down'] },
  { waitFor: '❯ Use the practice account', press: ['down'] },
  { waitFor: '❯ Check whether', press: ['enter'] },
  { waitFor: 'expiry=1', press: ['enter'] },
];

const hour = 3600;
/** The clock of frozen.js. */
const now = Date.parse('2026-11-24T16:20:00Z') / 1000;
const profiles = [
  profile({ name: 'production', lastKeyEndedAt: now - 5 * hour }),
  profile({ name: 'staging', region: 'us', serviceUrl: 'https://www.kaltura.com', partnerId: 1_020_304, type: 'USER' }),
  profile({
    name: 'vendor portal',
    region: 'de',
    serviceUrl: 'https://api.de.kaltura.com',
    lastKeyEndedAt: now - 49 * hour,
  }),
];

export const scenes = [
  { name: 'first-start', title: 'First start', steps: [], until: 'Step 1 of' },
  { name: 'credentials', title: 'The partner ID and the secret', steps: toAccount, until: /Partner ID +\d+/ },
  { name: 'purpose', title: 'What the key is for', steps: toPurpose, until: '❯ Look around' },
  { name: 'use-cases', title: 'Use cases of a group', steps: toUseCases, until: 'which use case?' },
  { name: 'session-type', title: 'Who uses the key, and its type', steps: toType, until: '❯ I will' },
  { name: 'admin', title: 'The confirmation of an ADMIN key', steps: toAdmin, until: '❯ Create a USER' },
  { name: 'privileges', title: 'Privileges by task', steps: toPrivileges, until: '❯ No privileges' },
  { name: 'review', title: 'The review', steps: toReview, until: 'type “admin”' },
  { name: 'result', title: 'The key, and how long it is valid', steps: toResult, until: 'is valid for' },
  { name: 'explained', title: 'A key, explained', steps: toExplained, until: 'Privileges' },
  { name: 'hidden', title: 'A category that the key can’t see', steps: toHidden, until: 'exists' },
  { name: 'failure', title: 'An error and its likely causes', steps: toFailure, until: 'no key was created' },
  { name: 'cause', title: 'The cause of an error', steps: toCause, until: 'This is the User Secret' },
  { name: 'profiles', title: 'Saved profiles', profiles, steps: [], until: '3 profiles' },
];

import { profile } from './saved-profiles.js';

/**
 * The pictures of the README: one walk in practice, and what one meets beside it. Each step waits for something on the screen
 * and then types or presses; the picture is taken when `until` is there.
 */
const toSignIn = [{ waitFor: 'Step 1 of', press: ['enter'] }];
const toAccount = [...toSignIn, { waitFor: 'Step 2 of', press: ['enter'] }];
const toType = [...toAccount, { waitFor: /Partner ID +\d+/, press: ['enter'] }];
const toAdmin = [...toType, { waitFor: '❯ I will', press: ['enter'] }, { waitFor: '❯ ADMIN', press: ['enter'] }];
const toPrivileges = [
  ...toAdmin,
  { waitFor: '❯ Create a USER', press: ['down'] },
  { waitFor: '❯ Create an ADMIN', press: ['enter'] },
  { waitFor: 'Step 5 of', type: 'editor@example.com' },
  { waitFor: 'editor@example.com', press: ['enter'] },
  { waitFor: '❯ 24 hours', press: ['enter'] },
];
const toReview = [
  ...toPrivileges,
  { waitFor: '❯ Nothing more', press: ['down'] },
  { waitFor: '❯ Play chosen entries  ', press: ['down'] },
  { waitFor: '❯ Play chosen entries,', press: ['down'] },
  { waitFor: '❯ Upload', press: ['down'] },
  { waitFor: '❯ See everything', press: ['enter'] },
];
const toResult = [
  ...toReview,
  { waitFor: 'type “admin”', type: 'admin' },
  { waitFor: /type “admin” +admin\n/, press: ['enter'] },
];
const toFailure = [
  ...toAccount,
  { waitFor: /Partner ID +\d+/, press: ['tab'] },
  { waitFor: /32 characters\n/, press: ['backspace'] },
  { waitFor: /31 characters\n/, press: ['enter'] },
  { waitFor: '❯ I will', press: ['enter'] },
  { waitFor: '❯ ADMIN', press: ['enter'] },
  { waitFor: '❯ Create a USER', press: ['enter'] },
  { waitFor: 'Step 5 of', press: ['enter'] },
  { waitFor: '❯ 24 hours', press: ['enter'] },
  { waitFor: '❯ Nothing more', press: ['enter'] },
  { waitFor: 'Ready to create', press: ['enter'] },
];
const toExplained = [
  ...toResult,
  { waitFor: 'Your key', type: 'm' },
  { waitFor: '❯ Check it', press: ['down'] },
  { waitFor: '❯ Look for', press: ['down'] },
  { waitFor: '❯ Use it', press: ['down'] },
  { waitFor: '❯ Explain it', press: ['enter'] },
];
const toPlainKey = [
  ...toType,
  { waitFor: '❯ I will', press: ['enter'] },
  { waitFor: '❯ ADMIN', press: ['down'] },
  { waitFor: '❯ USER', press: ['enter'] },
  { waitFor: 'Step 5 of', press: ['enter'] },
  { waitFor: '❯ 24 hours', press: ['enter'] },
  { waitFor: '❯ Nothing more', press: ['enter'] },
  { waitFor: 'Ready to create', press: ['enter'] },
];
const toHidden = [
  ...toPlainKey,
  { waitFor: 'Your key', type: 'k' },
  { waitFor: '❯ Ask the server', press: ['down'] },
  { waitFor: '❯ Look for', press: ['enter'] },
  { waitFor: 'Which entry or category', type: '2003' },
  { waitFor: /ID +2003/, press: ['enter'] },
  { waitFor: '❯ Find out whether', press: ['enter'] },
];
const toFoundOut = [
  ...toAccount,
  { waitFor: /Partner ID +\d+/, press: ['tab'] },
  { waitFor: /32 characters\n/, press: ['ctrl+u'] },
  { waitFor: /Secret *\n/, type: 'decaf000decaf000decaf000decaf000' },
  { waitFor: /32 characters\n/, press: ['enter'] },
  { waitFor: '❯ I will', press: ['enter'] },
  { waitFor: '❯ ADMIN', press: ['enter'] },
  { waitFor: '❯ Create a USER', press: ['down'] },
  { waitFor: '❯ Create an ADMIN', press: ['enter'] },
  { waitFor: 'Step 5 of', press: ['enter'] },
  { waitFor: '❯ 24 hours', press: ['enter'] },
  { waitFor: '❯ Nothing more', press: ['enter'] },
  { waitFor: 'Ready to create', press: ['enter'] },
  { waitFor: '❯ Enter the secret', press: ['down'] },
  { waitFor: '❯ Make a USER', press: ['down'] },
  { waitFor: '❯ Check the region', press: ['down'] },
  { waitFor: '❯ Find out', press: ['enter'] },
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
  { name: 'first-start', title: 'First start: which region is your account in?', steps: [], until: 'Step 1 of' },
  { name: 'credentials', title: 'Credentials, and where to find them', steps: toAccount, until: /Partner ID +\d+/ },
  { name: 'session-type', title: 'Who will use this key?', steps: toType, until: '❯ I will' },
  { name: 'admin', title: 'An ADMIN key can do everything in this account', steps: toAdmin, until: '❯ Create a USER' },
  { name: 'privileges', title: 'Privileges, by task', steps: toPrivileges, until: '❯ Nothing more' },
  { name: 'review', title: 'The review before anything is sent', steps: toReview, until: 'type “admin”' },
  { name: 'result', title: 'The key', steps: toResult, until: 'Your key' },
  { name: 'failure', title: 'A refusal: the cause, and the ways out', steps: toFailure, until: 'no key was made' },
  { name: 'hidden', title: '“Not found”, though it exists', steps: toHidden, until: 'It exists' },
  { name: 'found-out', title: 'Why it failed', steps: toFoundOut, until: 'It is the User Secret' },
  { name: 'explained', title: 'A key, explained', steps: toExplained, until: 'Privileges' },
  { name: 'profiles', title: 'Saved profiles', profiles, steps: [], until: '3 profiles' },
];

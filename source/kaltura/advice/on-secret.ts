import {
  type AdviceContext,
  type Counsel,
  type CounselByCode,
  checkPartnerId,
  credentials,
  IN_ORDER,
  makeUser,
  otherPlace,
  otherPrivileges,
  partnerName,
  WHERE_IN_KMC,
} from './advice.js';
import { oddities, valuesOf } from './evidence.js';

/** What `session.start` says no with (facts 4.1). */
export const onSecret: CounselByCode = {
  START_SESSION_ERROR: (error, context) =>
    // Without a partner ID, the server names 0 and blames the secret all the same.
    error.args['PID'] === '0' ? withoutPartner(context) : wrongSecret(context),
  UNKNOWN_ROLE_ID: (_, { request }) => ({
    headline: 'The server does not know the role in setrole',
    explanation: 'A key can only be limited to a role of its account, or to one that all accounts have.',
    causes: [...valuesOf('setrole', request).map(roleCause), 'the role was deleted, or is another account’s'],
    remedies: [otherPrivileges],
  }),
};

function wrongSecret(context: AdviceContext): Counsel {
  const { request } = context;
  const { signIn } = request;
  const isAdmin = request.type === 'ADMIN';
  return {
    headline: `The server would not start a session for ${partnerName(request)}`,
    explanation: `The account exists and is active, so the secret does not fit. ${IN_ORDER}`,
    causes: [
      ...(signIn.method === 'server' ? oddities(signIn.secret, 'secrets') : []),
      ...(isAdmin ? ['the User Secret was pasted: an ADMIN key needs the Administrator Secret'] : []),
      'the secret belongs to another account',
      `what was copied is another secret: compare it with the one in ${WHERE_IN_KMC}`,
    ],
    remedies: [credentials('Enter the secret again'), ...(isAdmin ? [makeUser] : []), otherPlace(context)],
  };
}

function withoutPartner(context: AdviceContext): Counsel {
  return {
    headline: 'The server would not start a session',
    explanation: 'Its answer speaks of partner 0, so the partner ID did not reach it.',
    causes: ['the partner ID is missing', 'something between here and the server changed the request'],
    remedies: [{ ...checkPartnerId, label: 'Enter the partner ID again' }, otherPlace(context)],
  };
}

/** Names that people take from the source or from documents, and what the role is called (facts 2.6). */
const MEANT: Readonly<Record<string, string>> = {
  PARTNER_ADMIN_ROLE: 'Publisher Administrator',
  BASE_USER_SESSION_ROLE: 'Basic User Session Role',
};

function roleCause(role: string): string {
  if (role === '') return 'setrole has no role after it: write setrole:<number or system name>';
  const meant = MEANT[role];
  if (meant !== undefined) return `the role ${role} is called “${meant}” here: write setrole:${meant}`;
  return /^\d+$/.test(role)
    ? `no role has the number ${role}: compare it with KMC → Administration → Roles`
    : `no role has the system name “${role}”: capital letters and blanks count`;
}

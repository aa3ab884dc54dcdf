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

/** Errors of `session.start` (docs/kaltura-facts.md 4.1). */
export const onSecret: CounselByCode = {
  START_SESSION_ERROR: (error, context) =>
    // Without a partner ID, the server reports partner 0 with the same code.
    error.args['PID'] === '0' ? withoutPartner(context) : wrongSecret(context),
  UNKNOWN_ROLE_ID: (_, { request }) => ({
    headline: 'The server does not know the role in setrole',
    explanation: 'A key can have only a role of its own account, or one that all accounts have.',
    causes: [...valuesOf('setrole', request).map(roleCause), 'the role was deleted, or belongs to another account'],
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
      `the wrong value was copied: compare it with the secret in ${WHERE_IN_KMC}`,
    ],
    remedies: [credentials('Enter the secret again'), ...(isAdmin ? [makeUser] : []), otherPlace(context)],
  };
}

function withoutPartner(context: AdviceContext): Counsel {
  return {
    headline: 'The server would not start a session',
    explanation: 'Its answer is about partner 0, so it did not receive the partner ID.',
    causes: ['the partner ID is missing', 'a proxy or firewall changed the request'],
    remedies: [{ ...checkPartnerId, label: 'Enter the partner ID again' }, otherPlace(context)],
  };
}

/** Role names from the server source or the documentation, and the system names of these roles (docs/kaltura-facts.md 2.6). */
const MEANT: Readonly<Record<string, string>> = {
  PARTNER_ADMIN_ROLE: 'Publisher Administrator',
  BASE_USER_SESSION_ROLE: 'Basic User Session Role',
};

function roleCause(role: string): string {
  if (role === '') return 'setrole has no role: write setrole:<number or system name>';
  const meant = MEANT[role];
  if (meant !== undefined) return `the system name of the role ${role} is “${meant}”: write setrole:${meant}`;
  return /^\d+$/.test(role)
    ? `no role has the number ${role}: check it in KMC → Administration → Roles`
    : `no role has the system name “${role}”: capital letters and spaces matter`;
}

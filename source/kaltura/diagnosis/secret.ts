import {
  type AdviceBody,
  type AdviceByCode,
  type AdviceContext,
  changePrivileges,
  changeServer,
  checkPartnerId,
  credentials,
  IN_ORDER,
  makeUser,
  partnerName,
  WHERE_IN_KMC,
} from './advice.js';
import { secretOddities, valuesOf } from './evidence.js';

/** Errors of `session.start` (docs/kaltura-facts.md 4.1). */
export const onSecret: AdviceByCode = {
  START_SESSION_ERROR: (error, context) =>
    // Without a partner ID, the server reports partner 0 with the same code.
    error.args['PID'] === '0' ? withoutPartner(context) : wrongSecret(context),
  UNKNOWN_ROLE_ID: (_, { request }) => ({
    headline: 'The server does not know the role in setrole',
    explanation: 'A key can have only a role of its own account, or one that all accounts have.',
    causes: [...valuesOf('setrole', request).map(roleCause), 'the role was deleted, or belongs to another account'],
    remedies: [changePrivileges],
  }),
};

function wrongSecret(context: AdviceContext): AdviceBody {
  const { request } = context;
  const { signIn } = request;
  const isAdmin = request.type === 'ADMIN';
  return {
    headline: `The server would not start a session for ${partnerName(request)}`,
    explanation: `The account exists and is active, so the secret does not fit. ${IN_ORDER}`,
    causes: [
      ...(signIn.method === 'server' ? secretOddities(signIn.secret, 'secrets') : []),
      ...(isAdmin ? ['the User Secret was pasted: an ADMIN key needs the Administrator Secret'] : []),
      'the secret belongs to another account',
      `the wrong value was copied: compare it with the secret in ${WHERE_IN_KMC}`,
    ],
    remedies: [credentials('Enter the secret again'), ...(isAdmin ? [makeUser] : []), changeServer(context)],
  };
}

function withoutPartner(context: AdviceContext): AdviceBody {
  return {
    headline: 'The server would not start a session',
    explanation: 'Its answer is about partner 0, so it did not receive the partner ID.',
    causes: ['the partner ID is missing', 'a proxy or firewall changed the request'],
    remedies: [{ ...checkPartnerId, label: 'Enter the partner ID again' }, changeServer(context)],
  };
}

/** Role names from the server source or the documentation, and the system names of these roles (docs/kaltura-facts.md 2.6). */
const CORRECT_ROLE_NAMES: Readonly<Record<string, string>> = {
  PARTNER_ADMIN_ROLE: 'Publisher Administrator',
  BASE_USER_SESSION_ROLE: 'Basic User Session Role',
};

function roleCause(role: string): string {
  if (role === '') return 'setrole has no role: write setrole:<number or system name>';
  const meant = CORRECT_ROLE_NAMES[role];
  if (meant !== undefined) return `the system name of the role ${role} is “${meant}”: write setrole:${meant}`;
  return /^\d+$/.test(role)
    ? `no role has the number ${role}: check it in KMC → Administration → Roles`
    : `no role has the system name “${role}”: capital letters and spaces matter`;
}

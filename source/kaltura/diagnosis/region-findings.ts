import type { RegionAnswer } from '../accounts/find-region.js';
import { type HostedRegionId, regionLabel } from '../accounts/regions.js';
import { changeServer, changeSignIn, checkPartnerId, credentials, partnerName, type Remedy, retry } from './advice.js';
import type { AdviceContext } from './diagnose.js';
import { partnerIdCause, secretOddities } from './evidence.js';
import { maskedCauses } from './login.js';
import type { Finding } from './probe.js';

const labels = (regions: readonly HostedRegionId[]): string => regions.map(regionLabel).join(', ');

const switchToRegion = ({ region }: RegionAnswer): Remedy => ({
  label: `Take the region ${regionLabel(region)}`,
  goTo: 'review',
  change: { region },
});

const checkNumber = checkPartnerId;

const SAME_NUMBER = 'each region gives its numbers by itself, so the same number elsewhere is another account';

/**
 * Describes an account whose public session opens but cannot be used.
 *
 * @param place the name of a region, or a host
 */
export function accountBlocked(place: string, others: readonly RegionAnswer[], { request }: AdviceContext): Finding {
  const elsewhereToo = others.map(({ region }) => `yours is the account of this number in ${regionLabel(region)}`);
  return {
    headline: `${place} knows ${partnerName(request)}, and has blocked it`,
    explanation: 'It opens a public session for it, and refuses to let it be used. So it is not the secret:',
    causes: ['the account is blocked or closed: only Kaltura’s support can say why, and change it', ...elsewhereToo],
    remedies: [...others.map(switchToRegion), checkNumber],
    isSure: true,
    settles: true,
  };
}

/** Describes an account number that exists in the chosen region and in others. */
export function accountInSeveralRegions(
  asked: HostedRegionId,
  others: readonly RegionAnswer[],
  { request }: AdviceContext,
): Finding {
  const regions = labels([asked, ...others.map(({ region }) => region)]);
  return {
    headline: `More than one region knows ${partnerName(request)}: ${regions}`,
    explanation: 'They are different accounts. Compare with the address where you log in to KMC. So either',
    causes: [
      `yours is in ${labels(others.map(({ region }) => region))}: ${SAME_NUMBER}`,
      `yours is in ${regionLabel(asked)}, and what was sent with the number is wrong`,
    ],
    remedies: [...others.map(switchToRegion), credentials('Enter the credentials again')],
    isSure: false,
    settles: false,
  };
}

/** Describes an account number that the chosen region does not know, or that could not be checked there. */
export function accountInOtherRegions(
  asked: RegionAnswer | undefined,
  others: readonly RegionAnswer[],
  unasked: readonly HostedRegionId[],
  context: AdviceContext,
): Finding {
  const { request } = context;
  const name = partnerName(request);
  const open = unasked.length === 0 ? '' : ` ${labels(unasked)} could not be asked.`;
  const isSure = unasked.length === 0 && others.length < 2;
  if (others.length === 0) {
    return {
      headline: unasked.length === 0 ? `No region knows ${name}` : `No region that answered knows ${name}`,
      explanation: `Each would know it even if it were blocked.${open} So`,
      causes: [partnerIdCause(request), 'the account lives on a server of your own, not in one of Kaltura’s regions'],
      remedies: [checkNumber, ...(unasked.length === 0 ? [] : [retry]), changeServer(context)],
      isSure,
      settles: true,
    };
  }
  const found = labels(others.map(({ region }) => region));
  const blocked = others.filter(({ outcome }) => outcome === 'blocked').map(({ region }) => region);
  return {
    headline:
      `${name} is known in ${found}${asked?.outcome === 'unknown' ? `, and not in ${context.regionLabel}` : ''}`.replace(
        /^p/,
        'P',
      ),
    explanation: `It was looked for in all regions.${open} So`,
    causes: [
      others.length === 1
        ? `the account lives in ${found}`
        : `the account lives in one of them: compare with the address where you log in to KMC, for ${SAME_NUMBER}`,
      ...(blocked.length === 0 ? [] : [`in ${labels(blocked)} it is blocked or closed: Kaltura’s support can tell`]),
      'or the number is mistyped, and happens to be another account’s',
    ],
    remedies: [...others.map(switchToRegion), checkNumber],
    isSure,
    settles: true,
  };
}

export const accountUnknown = (host: string, context: AdviceContext): Finding => ({
  headline: `${host} does not know ${partnerName(context.request)}`,
  explanation: 'It would know it even if it were blocked. So',
  causes: [partnerIdCause(context.request), 'the account lives on another server'],
  remedies: [checkNumber, changeServer(context)],
  isSure: true,
  settles: true,
});

/**
 * Describes the remaining causes when the server knows the account and has not blocked it.
 *
 * @param code the error code that led to the probe
 * @param place the name of a region, or a host
 */
export function accountExists(code: string | null, place: string, context: AdviceContext): Finding {
  const headline = `${place} knows ${partnerName(context.request)}: the region is right`;
  const { signIn } = context.request;
  if (code === 'SERVICE_FORBIDDEN_CONTENT_BLOCKED' || code === 'INVALID_WIDGET_ID') {
    return {
      headline: `${place} knows ${partnerName(context.request)}, and has not blocked it`,
      explanation: 'That does not go together with its refusal a moment ago. So',
      causes: [
        'it was blocked or unknown for a moment only: try again',
        'another account was meant: look whether the partner ID reached the server as you typed it',
      ],
      remedies: [retry, checkPartnerId],
      isSure: false,
      settles: false,
    };
  }
  switch (signIn.method) {
    case 'login':
      return {
        headline,
        explanation:
          'So it is the login itself. What the server hides behind its one answer is still open: it may be that',
        causes: maskedCauses(context, null),
        remedies: [credentials('Enter the login again'), changeSignIn],
        isSure: true,
        settles: false,
      };
    case 'app-token':
      return {
        headline,
        explanation: 'So it is the app token. Its list is open to ADMIN keys alone. Either',
        causes: ['its ID is mistyped', 'it was deleted', 'the partner ID is that of another account in this region'],
        remedies: [credentials('Enter the app token again'), changeSignIn],
        isSure: true,
        settles: false,
      };
    default:
      return {
        headline,
        explanation: 'No other region that answered has an account of this number. So it is the secret:',
        causes: [
          ...secretOddities(signIn.secret, 'secrets'),
          'it is the secret of another account',
          'it is an old one, or was copied wrongly',
        ],
        remedies: [credentials('Enter the secret again')],
        isSure: true,
        settles: false,
      };
  }
}

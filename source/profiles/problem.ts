import {
  HOSTED_REGIONS,
  isHostedRegion,
  isLoopback,
  regionLabel,
  serviceUrlOfRegion,
} from '../kaltura/accounts/regions.js';
import { invisibleProblem } from '../kaltura/invisible-characters.js';
import { hiddenCommandProblem } from '../secrets/source.js';
import { nameProblem, shownName } from './name.js';
import type { Profile } from './profile.js';

/** Explains why a profile can't be used, and what to do about it: one or more sentences each. */
export interface ProfileProblem {
  readonly why: string;
  readonly fix: string;
}

/** Formats a name as an argument of a command line to copy; `NAME` if a shell could interpret the name. */
function nameArgument(name: string): string {
  const shown = shownName(name);
  if (/^[\w.@+-]+$/.test(shown) && !shown.startsWith('-')) return shown;
  return /^[\p{L}\p{N} .@+{}_-]+$/u.test(shown) && !shown.startsWith('-') ? `"${shown}"` : 'NAME';
}

const TYPED_FIELDS: readonly (readonly [
  field: 'userId' | 'loginId' | 'tokenId' | 'privileges' | 'holder',
  noun: string,
])[] = [
  ['userId', 'user ID'],
  ['loginId', 'login'],
  ['tokenId', 'app token ID'],
  ['privileges', 'text of the privileges'],
  ['holder', 'key holder'],
];

/** Says why the service URL does not belong to the region; null if it does. */
function serverProblem({ region, serviceUrl, method }: Profile): string | null {
  if (isHostedRegion(region) && serviceUrl === serviceUrlOfRegion(region)) return null;
  const url = new URL(serviceUrl);
  if (isHostedRegion(region)) {
    const { label, host } = HOSTED_REGIONS[region];
    const isRegionUrl = url.protocol === 'https:' && url.host === host && url.pathname === '/';
    return isRegionUrl ? null : `Its region is ${label} (https://${host}), but its service URL is ${serviceUrl}.`;
  }
  if (region === 'practice') {
    return isLoopback(url.hostname)
      ? null
      : `Its region is “${regionLabel(region)}”, but its service URL is not on this computer: ${serviceUrl}.`;
  }
  // Local signing sends nothing, so http is safe.
  const isSafe = url.protocol === 'https:' || method === 'local' || isLoopback(url.hostname);
  return isSafe
    ? null
    : `Its service URL is plain http, so others on the network could read what is sent: ${serviceUrl}.`;
}

/** Says why the profile must not be used; null if it can be. Such a profile was saved by version 0.1.0, or its file was edited or copied. */
export function profileProblem(profile: Profile): ProfileProblem | null {
  const name = nameArgument(profile.name);
  const ofName = nameProblem(profile.name) === null ? null : invisibleProblem(profile.name, 'name');
  if (ofName !== null) {
    return {
      why: `${ofName} It can imitate the name of another profile.`,
      fix: `Rename it: kaltura-ks profiles rename ${name} NEW-NAME`,
    };
  }
  const replaced = `kaltura-ks profiles add ${name} --replace …`;
  const removed = `kaltura-ks profiles remove ${name}`;
  for (const [field, noun] of TYPED_FIELDS) {
    const problem = invisibleProblem(profile[field] ?? '', noun);
    if (problem !== null)
      return { why: problem, fix: `Save it again without the character (${replaced}), or remove it (${removed}).` };
  }
  const { secretSource } = profile;
  const ofCommand = secretSource.kind === 'command' ? hiddenCommandProblem(secretSource.command) : null;
  if (ofCommand !== null) {
    return { why: ofCommand, fix: `Save the profile again (${replaced}), or remove it (${removed}).` };
  }
  const why = serverProblem(profile);
  return why === null
    ? null
    : { why, fix: `Save it again with the right --region or --url (${replaced}), or remove it (${removed}).` };
}

import { HOSTED_REGIONS, isHostedRegion, REGION_IDS, type RegionId, regionLabel } from '../kaltura/regions.js';
import { readServiceUrl } from '../kaltura/service-url.js';
import type { Profile } from '../profiles/profile.js';
import { variableOf } from './answer-flags.js';
import type { Flags } from './command-line.js';
import type { CommandRuntime } from './command-runtime.js';
import { UsageError } from './exit-codes.js';
import { PRETEND_ACCOUNT } from './pretend-account.js';
import type { Report } from './report.js';

/** What `exec` hands to its command besides the key. */
const SERVER_VARIABLE = 'KALTURA_SERVICE_URL';

/** The server that a key belongs to. */
export interface KeyServer {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly regionLabel: string;
  /** Where the practice server answers, if it is that one. */
  readonly practiceUrl: string | null;
  readonly close: () => Promise<void>;
}

export const isPractice = (server: Pick<KeyServer, 'regionLabel'>): boolean =>
  server.regionLabel === regionLabel('practice');

interface Place {
  readonly region: RegionId;
  readonly address: string;
  readonly source: string;
}

const NO_CLOSE = async (): Promise<void> => {};

const asRegion = (text: string, source: string): Place => {
  const region = REGION_IDS.find((id) => id === text.trim().toLowerCase() && id !== 'own');
  if (region === undefined)
    throw new UsageError(`${source} takes one of ${REGION_IDS.filter((id) => id !== 'own').join(', ')}.`);
  return { region, address: '', source };
};

/** The flag before the profile, and that before variables. @throws {UsageError} */
function namedPlace(flags: Flags, profile: Profile | null, env: CommandRuntime['env']): Place | null {
  const { region, url } = flags;
  if (region !== undefined && url !== undefined) throw new UsageError('--region and --url exclude each other.');
  if (typeof region === 'string') return asRegion(region, '--region');
  if (typeof url === 'string') return { region: 'own', address: url, source: '--url' };
  if (profile !== null) return { region: profile.region, address: profile.serviceUrl, source: 'the profile' };
  for (const name of [SERVER_VARIABLE, variableOf('url')]) {
    const address = env[name] ?? '';
    if (address !== '') return { region: 'own', address, source: name };
  }
  const variable = variableOf('region');
  const named = env[variable] ?? '';
  return named === '' ? null : asRegion(named, variable);
}

/** The one server that the saved profiles of this account lead to. */
async function savedPlace(
  partnerId: number | null,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<Place | null> {
  if (partnerId === null) return null;
  const { profiles } = await (await runtime.openStore()).load();
  const ofAccount = profiles.filter((profile) => profile.partnerId === partnerId);
  const [first] = ofAccount;
  if (first === undefined || ofAccount.some(({ serviceUrl }) => serviceUrl !== first.serviceUrl)) return null;
  // A profile may have come from elsewhere: without anyone to look, no key is sent to a server that only it names.
  if (first.region === 'own' && (flags['yes'] === true || flags['input'] === false)) return null;
  const host = first.region === 'practice' ? 'the practice server' : new URL(first.serviceUrl).host;
  report.say(`partner ${partnerId} is that of the profile “${first.name}”: its server is asked, ${host}.`);
  return { region: first.region, address: first.serviceUrl, source: 'a profile of the account' };
}

/**
 * The server that a key belongs to: as flags, the profile or variables say, else that of the saved profiles of its account.
 *
 * @throws {UsageError} where nothing says it, or a key would travel in the clear
 */
export async function openKeyServer(
  key: { readonly flags: Flags; readonly profile: Profile | null; readonly partnerId: number | null },
  runtime: CommandRuntime,
  report: Report,
): Promise<KeyServer> {
  const { flags, profile, partnerId } = key;
  const place = namedPlace(flags, profile, runtime.env) ?? (await savedPlace(partnerId, flags, runtime, report));
  if (place === null) {
    throw new UsageError(
      'missing: where the account lives (--region, --url or a profile): a key does not say it. kaltura-ks regions <partner ID> finds it.',
    );
  }
  const { region, address, source } = place;
  if (region === 'practice') return openPracticeServer(partnerId, runtime);
  if (isHostedRegion(region)) {
    return {
      serviceUrl: `https://${HOSTED_REGIONS[region].host}`,
      regionLabel: regionLabel(region),
      practiceUrl: null,
      close: NO_CLOSE,
    };
  }
  const reading = readServiceUrl(address);
  if (!reading.ok) throw new UsageError(`${source} is not the address of a server, such as https://video.example.com.`);
  if (!reading.address.isSafe) {
    throw new UsageError(`${source}: the address is plain http, so no key is sent to it. Use its https address.`);
  }
  const { url } = reading.address;
  return { serviceUrl: url, regionLabel: new URL(url).host, practiceUrl: null, close: NO_CLOSE };
}

/** Another program's practice server is asked only about keys of the account that is pretended. */
async function openPracticeServer(partnerId: number | null, runtime: CommandRuntime): Promise<KeyServer> {
  const { keepPractice } = await import('../practice/keep-practice.js');
  const practice = keepPractice({ now: runtime.now, randomBytes: runtime.randomBytes });
  const url = await practice.url({ mayJoin: String(partnerId) === PRETEND_ACCOUNT.partnerId });
  return { serviceUrl: url, regionLabel: regionLabel('practice'), practiceUrl: url, close: () => practice.close() };
}

import { clockAdvice, clockDifference } from '../kaltura/clock.js';
import type { Http } from '../kaltura/http.js';
import { readServiceUrl } from '../kaltura/service-url.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { CommandRuntime, Surroundings } from './command-runtime.js';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly isGood: boolean;
  readonly text: string;
}

const good = (name: string, text: string): Check => ({ name, isGood: true, text });
const bad = (name: string, text: string): Check => ({ name, isGood: false, text });

export const checkTerminal = ({ terminal }: Surroundings): Check =>
  terminal.ok
    ? good('terminal', 'the wizard can be shown here.')
    : bad('terminal', `no wizard here, only commands: ${terminal.reason}`);

export function checkClipboard({ clipboardTools, terminal }: Surroundings): Check {
  const found = clipboardTools.filter(({ isFound }) => isFound).map(({ name }) => name);
  if (found.length > 0) return good('clipboard', `${found.join(', ')}.`);
  const why =
    clipboardTools.length === 0
      ? 'no clipboard of this computer in reach'
      : `not found: ${clipboardTools.map(({ name }) => name).join(', ')}`;
  return terminal.ok
    ? good('clipboard', `${why}; the terminal is asked (OSC 52), which never says whether it did.`)
    : bad('clipboard', `${why}.`);
}

/** Writes an entry of chance to the keychain, reads it and removes it. */
export async function checkKeychain(runtime: CommandRuntime): Promise<Check> {
  try {
    await (await runtime.openSecretKeeper()).check({ kind: 'keychain' });
    return good('keychain', 'works: something was written, read and removed.');
  } catch (error) {
    if (!(error instanceof SecretPlaceError)) throw error;
    return bad('keychain', `${error.message} ${error.remedy}`);
  }
}

const hostOf = (serviceUrl: string): string => new URL(serviceUrl).host;

export function checkProxy(serviceUrls: readonly string[], { proxyTo }: Surroundings): Check {
  const ways = serviceUrls.map((serviceUrl) => ({ host: hostOf(serviceUrl), proxy: proxyTo(serviceUrl) }));
  const through = ways.flatMap(({ host, proxy }) => (proxy === null ? [] : [{ host, proxy }]));
  if (through.length === 0) return good('proxy', 'none on the way.');
  const texts = through.map(
    ({ host, proxy }) => `${host} by way of ${proxy.problem ?? proxy.host} (${proxy.variable})`,
  );
  const isGood = through.every(({ proxy }) => proxy.problem === null);
  return (isGood ? good : bad)('proxy', `${texts.join(', ')}.`);
}

async function checkClock(serviceUrl: string, http: Http, now: () => number): Promise<Check> {
  const name = `clock, ${hostOf(serviceUrl)}`;
  const difference = await clockDifference(http, serviceUrl, now);
  if (difference === null) return bad(name, 'the server could not be asked.');
  const advice = clockAdvice(difference);
  return advice === null ? good(name, 'agrees with the server’s.') : bad(name, advice);
}

/** The clock as seen by each server that can be asked without sending anything in the clear. */
export const checkClocks = (serviceUrls: readonly string[], http: Http, now: () => number): Promise<Check[]> => {
  const asked = serviceUrls.filter((serviceUrl) => {
    const reading = readServiceUrl(serviceUrl);
    return reading.ok && reading.address.isSafe;
  });
  return Promise.all(asked.map((serviceUrl) => checkClock(serviceUrl, http, now)));
};

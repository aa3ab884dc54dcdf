import { isDanger, RISK_RULES, type Risk, risksOf } from '../../kaltura/risks/risks.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { riskText } from '../../messages/paragraph.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { withoutEcho } from '../shared/without-echo.js';

/** The risk that an ADMIN key gets into a link or a page (`use`). */
export const ADMIN_IN_PAGE = 'admin-in-page';

const DANGER_IDS = RISK_RULES.filter(isDanger).map(({ id }) => id);

/** Dangers of version 0.1.0 that are only cautions now. Scripts may still accept them. */
const FORMER = ['shared-editadmintags'];

/**
 * Reads the IDs of the risks that `--accept-risk` accepts; `all` accepts every one.
 * @param others the IDs of risks that only this command has
 * @throws {UsageError} for an unknown ID
 */
export function acceptedRiskIds(flags: Flags, others: readonly string[] = []): readonly string[] {
  const ids: readonly string[] = Array.isArray(flags['accept-risk']) ? flags['accept-risk'] : [];
  const known = [...others, ADMIN_IN_PAGE, ...DANGER_IDS];
  if (ids.some((id) => id !== 'all' && !known.includes(id) && !FORMER.includes(id))) {
    throw new UsageError('--accept-risk needs a risk ID that the error shows, or all.');
  }
  return ids.includes('all') ? known : ids;
}

/** A danger that must be accepted. */
export type OpenRisk = Pick<Risk, 'id' | 'message'>;

/** Returns the dangers of a key that are not among the accepted ones. */
export const openRisks = (spec: KeySpec, accepted: readonly string[]): Risk[] =>
  risksOf(spec).filter((risk) => isDanger(risk) && !accepted.includes(risk.id));

/** Returns the flags that accept these risks. */
export const acceptFlags = (open: readonly OpenRisk[]): string => open.map(({ id }) => `--accept-risk ${id}`).join(' ');

/**
 * Checks that no danger is left to accept. The flag replaces the word that the wizard asks for.
 * @param noun what would be made
 * @param more what else helps, as a line
 * @throws {UsageError} with the IDs of the dangers
 */
export function assertAccepted(
  noun: 'key' | 'app token',
  open: readonly OpenRisk[],
  privileges: string,
  more: string | null = null,
): void {
  if (open.length === 0) return;
  const causes = open.map(({ message }) => withoutEcho(message, privileges));
  const lines = open.map(({ id }, index) => `  ${id}: ${causes[index]}`);
  const headline = `This ${noun} is dangerous`;
  const message = `${headline}:\n${lines.join('\n')}\nTo create it anyway: ${acceptFlags(open)}${more === null ? '' : `\n${more}`}`;
  throw new UsageError(message, 'risk-not-accepted', {
    headline,
    causes,
    fixes: open.map((risk) => ({ action: 'accept-risk', text: 'Accept the risk', option: acceptFlags([risk]) })),
  });
}

/** Describes a risk, for `-v`. A danger was accepted. */
export const riskDetail = (risk: Risk): string => `${riskText(risk)}${isDanger(risk) ? ' (accepted)' : ''}`;

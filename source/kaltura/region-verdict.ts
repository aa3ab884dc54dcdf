import type { RegionAnswer } from './find-region.js';
import type { HostedRegionId } from './regions.js';

/** What the answers of all regions come to. `unasked` are those that gave neither yes nor no: what they know stays open. */
export type RegionVerdict =
  | {
      readonly kind: 'one';
      readonly region: HostedRegionId;
      readonly isBlocked: boolean;
      readonly unasked: readonly HostedRegionId[];
    }
  /** Numbers are given in each region by itself: these are different accounts (facts 6). */
  | {
      readonly kind: 'several';
      readonly regions: readonly HostedRegionId[];
      readonly unasked: readonly HostedRegionId[];
    }
  | { readonly kind: 'none'; readonly unasked: readonly HostedRegionId[] }
  /** Nobody said yes or no. */
  | { readonly kind: 'nobody' };

const KNOWING: readonly string[] = ['known', 'blocked'];

export function verdictOf(answers: readonly RegionAnswer[]): RegionVerdict {
  const knowing = answers.filter(({ outcome }) => KNOWING.includes(outcome));
  const unasked = answers.filter(({ outcome }) => outcome === 'unreachable' || outcome === 'unclear');
  const open = unasked.map(({ region }) => region);
  const [first] = knowing;
  if (first === undefined)
    return unasked.length === answers.length ? { kind: 'nobody' } : { kind: 'none', unasked: open };
  if (knowing.length > 1) return { kind: 'several', regions: knowing.map(({ region }) => region), unasked: open };
  return { kind: 'one', region: first.region, isBlocked: first.outcome === 'blocked', unasked: open };
}

import type { Finding, Probe, ProbeKind } from '../kaltura/probe.js';

/** A probe into why no key was made: the one that was chosen, and what the last one found. */
export interface Probing {
  readonly probe: Probe | null;
  readonly finding: Finding | null;
  /** What was asked already about this failure. */
  readonly asked: readonly ProbeKind[];
}

export const NO_PROBING: Probing = { probe: null, finding: null, asked: [] };

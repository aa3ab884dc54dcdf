import {
  type Diagnosis,
  diagnoseMaking,
  diagnoseUse,
  type MakingContext,
  type UseContext,
} from '../../../source/kaltura/diagnosis/diagnose.js';
import { type ExplainedFix, type Explanation, explain } from '../../../source/messages/diagnosis/diagnosis.js';
import { stepOf } from '../../../source/wizard/diagnosis/failure.js';

/** A diagnosis with its texts. */
export type Described = Omit<Diagnosis, 'causes' | 'fixes'> & Explanation;

export const describe = <D extends Diagnosis>(diagnosis: D) => ({ ...diagnosis, ...explain(diagnosis) });

export const describedMaking = (failure: unknown, context: MakingContext): Described =>
  describe(diagnoseMaking(failure, context));

export const describedUse = (failure: unknown, context: UseContext): Described =>
  describe(diagnoseUse(failure, context));

/** The step of the wizard that each fix opens, or another attempt. */
export const targets = ({ fixes }: { readonly fixes: readonly ExplainedFix[] }): readonly string[] =>
  fixes.map((fix) => (fix.action === 'retry' ? 'retry' : stepOf(fix)));

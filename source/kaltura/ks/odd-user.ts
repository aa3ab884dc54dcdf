import { oddTextIn } from '../odd-text.js';
import type { FieldProblem } from './problem.js';

/** Finds out whether a user ID looks like a bug of the code that made the key. */
export function userProblem(text: string | null): FieldProblem | null {
  if (text === null || text === '') return null;
  // Not in `oddTextIn`: the privilege actionslimit:-1 is valid.
  const oddity = text === '-1' ? ({ looksLike: 'nothing' } as const) : oddTextIn(text);
  return oddity === null ? null : { code: 'user-looks-like-a-bug', text, ...oddity };
}

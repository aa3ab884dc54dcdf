import { Secret } from '../../kaltura/secret.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import type { SecretRemovalResult } from '../../profiles/env-file.js';
import { isSameButForKsLine, withoutSecret } from '../../profiles/env-file-secret.js';
import { decodeText } from '../../terminal/decode-text.js';
import { putText } from './put-text.js';
import { absolutePath, problemOf, readTarget, targetOf } from './target.js';

const failure = (why: string): SecretRemovalResult => ({ ok: false, why });
const CHANGED = failure('it has changed since kaltura-ks read it');

/** Removes the lines with the secret of the account from its file, in one step. */
export async function removeSecret({ path, text, secret }: EnvAccount): Promise<SecretRemovalResult> {
  try {
    const { target, leadsAway } = targetOf(absolutePath(path));
    if (leadsAway) return failure('it is a link to another folder');
    const before = readTarget(target);
    if (before === null) return failure('it does not exist any more');
    const present = new Secret(decodeText(Buffer.from(before.text, before.encoding)));
    if (secret === null || !isSameButForKsLine(text, present)) return CHANGED;
    const { text: without, ...removal } = withoutSecret(before.text, secret);
    if (removal.removed === 0) return failure('the line with the secret was not found');
    return (await putText(target, without, before)) ? { ok: true, removal } : CHANGED;
  } catch (error) {
    return failure(problemOf(error));
  }
}

import { Secret } from '../../kaltura/secret.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import type { SecretRemovalResult } from '../../profiles/env-file.js';
import { isSameButForKsLine, withoutSecret } from '../../profiles/env-file-secret.js';
import { decodeText } from '../../terminal/decode-text.js';
import { absolutePath, type EnvFileContent, problemOf, readTarget, targetOf } from './target.js';

const failure = (why: string): SecretRemovalResult => ({ ok: false, why });
const CHANGED = failure('it has changed since kaltura-ks read it');

/** Moves the new text into place. Returns false if another program has written the file first. */
type Put = (target: string, text: Secret, before: EnvFileContent) => Promise<boolean>;

/** Removes the lines with the secret of the account from its file, in one step. */
export async function removeSecret({ path, text, secret }: EnvAccount, put: Put): Promise<SecretRemovalResult> {
  try {
    const { target, leadsAway } = targetOf(absolutePath(path));
    if (leadsAway) return failure('it is a link to another folder');
    const before = readTarget(target);
    if (before === null) return failure('it does not exist any more');
    const present = new Secret(decodeText(Buffer.from(before.text, before.encoding)));
    if (secret === null || !isSameButForKsLine(text, present)) return CHANGED;
    const { text: without, ...removal } = withoutSecret(before.text, secret);
    if (removal.removed === 0) return failure('the line with the secret was not found');
    return (await put(target, without, before)) ? { ok: true, removal } : CHANGED;
  } catch (error) {
    return failure(problemOf(error));
  }
}

import { namesInFile } from '../kaltura/accounts/variable-names.js';
import { Secret } from '../kaltura/secret.js';
import { assignmentsIn, withKey } from './env-file.js';

const NAMES = namesInFile('KALTURA_SECRET');

/** The text of an .env file without the lines of a secret. */
export interface SecretRemoval {
  readonly text: Secret;
  /** The number of assignments that were removed. */
  readonly removed: number;
  /** Whether other lines contain the secret, such as a comment. */
  readonly isStillThere: boolean;
  /** Whether other lines give these variables other values, which have an effect now. */
  readonly hasOthers: boolean;
}

/**
 * Removes the lines that set the variables of the account secret to this secret. All other characters stay the same. Lines with another
 * value stay too, because that value may be stored nowhere else.
 */
export function withoutSecret(text: string, secret: Secret): SecretRemoval {
  const named = assignmentsIn(text).filter(({ name }) => NAMES.includes(name));
  const isTheSecret = ({ place }: (typeof named)[number]) =>
    secret.equals(new Secret(text.slice(place.from, place.to).trim()));
  const lines = named.filter(isTheSecret).map((one) => one.lines);
  const kept = lines.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  return {
    text: new Secret(kept),
    removed: lines.length,
    isStillThere: kept.includes(secret.reveal()),
    hasOthers: named.some((one) => !isTheSecret(one) && one.place.to > one.place.from),
  };
}

const NO_KEY = new Secret('none');

/** Checks whether two texts of an .env file differ at most in KALTURA_KS, which this program writes. */
export const isSameButForKsLine = (before: Secret, now: Secret): boolean =>
  withKey(before.reveal(), NO_KEY).text.equals(withKey(now.reveal(), NO_KEY).text);

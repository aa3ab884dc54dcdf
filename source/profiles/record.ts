import { isHostedUrl, REGION_IDS } from '../kaltura/accounts/regions.js';
import { isKsText } from '../kaltura/ks/peek.js';
import { PLACEHOLDER_IDS } from '../kaltura/recipes/placeholders.js';
import { Secret } from '../kaltura/secret.js';
import type { SignInMethod } from '../kaltura/sign-in/key-spec.js';
import {
  duration,
  epochSeconds,
  epochSecondsOrNull,
  FieldProblem,
  fieldsOf,
  ids,
  isRecord,
  oneOf,
  parseJson,
  present,
  type RecordFields,
  text,
  textOrNull,
  wholeNumber,
  wholeNumberOrNull,
} from '../secrets/record-fields.js';
import { readSecretSource, SOURCE_FIELDS, writeSecretSource } from '../secrets/source.js';
import { savedNameProblem } from './name.js';
import { type ProfileProblem, profileProblem } from './problem.js';
import type { Profile, RecipeUse, SavedKey } from './profile.js';

/**
 * Increased when an older program can't use new records any more; it then leaves them alone. In version 1 (0.1.0), stored secrets are
 * named after the profile; in version 2, by entry IDs. Both are read, and version 2 is written.
 */
export const SCHEMA_VERSION = 2;

export type ProfileReading =
  | { readonly kind: 'profile'; readonly profile: Profile }
  /** A complete record that can't be used. The profile can be listed, renamed, replaced and removed. */
  | ({ readonly kind: 'unusable'; readonly profile: Profile } & ProfileProblem)
  /** Written by a newer version of this program: it must not be changed. */
  | { readonly kind: 'newer'; readonly name: string | null }
  | { readonly kind: 'damaged'; readonly why: string };

/** Internal partner IDs of self-hosted servers are 0 or negative 32-bit integers (docs/kaltura-facts.md 7). */
const LOWEST_PARTNER_ID = -2_147_483_648;

const METHODS: readonly SignInMethod[] = ['server', 'local', 'login', 'app-token'];

/** Written only if the profile has a recipe, so that other records stay as they were. */
const RECIPE_FIELD = 'recipe';

/** Reads the service URL. `profileProblem` decides whether it belongs to the region. */
function readServiceUrl(fields: RecordFields): string {
  const address = text(fields, 'serviceUrl');
  if (isHostedUrl(address)) return address;
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  // A name and password, a query or a fragment could carry a secret.
  if (url === null || !isHttp || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new FieldProblem('The field “serviceUrl” is not an https URL.');
  }
  return address;
}

function readSavedKey(fields: RecordFields): SavedKey | null {
  if (fields['keptKey'] === null) return null;
  const key = fieldsOf(fields['keptKey'], 'The field “keptKey”');
  const facts = fieldsOf(key['facts'], 'The field “facts”');
  const ks = textOrNull(key, 'ks');
  // The key is shown, copied and printed without another check.
  if (ks !== null && !isKsText(ks)) throw new FieldProblem('The saved key is not a key.');
  return {
    ks: ks === null ? null : new Secret(ks),
    facts: {
      partnerId: wholeNumberOrNull(facts, 'partnerId', LOWEST_PARTNER_ID),
      userId: textOrNull(facts, 'userId'),
      type: oneOf(facts, 'type', ['USER', 'ADMIN', null] as const),
      privileges: textOrNull(facts, 'privileges'),
      expiresAt: epochSecondsOrNull(facts, 'expiresAt'),
    },
    confirmedBy: oneOf(key, 'confirmedBy', ['key', 'server', null] as const),
  };
}

/** Records of 0.1.0 have no recipe. The ID of a recipe that this version doesn't know is kept. */
function readRecipe(fields: RecordFields): RecipeUse | null {
  const recipe = fields[RECIPE_FIELD];
  if (recipe === undefined || recipe === null) return null;
  const own = fieldsOf(recipe, 'The field “recipe”');
  const values = fieldsOf(present(own, 'values'), 'The field “values”');
  const known = PLACEHOLDER_IDS.filter((id) => values[id] !== undefined);
  return { id: text(own, 'id'), values: Object.fromEntries(known.map((id) => [id, text(values, id)])) };
}

function readFields(fields: RecordFields): Profile {
  const name = text(fields, 'name');
  const problem = savedNameProblem(name);
  if (problem !== null) throw new FieldProblem(problem);
  const method = oneOf(fields, 'method', METHODS);
  return {
    name,
    region: oneOf(fields, 'region', REGION_IDS),
    serviceUrl: readServiceUrl(fields),
    method,
    ksVersion: oneOf(fields, 'ksVersion', [1, 2] as const),
    partnerId:
      method === 'login'
        ? wholeNumberOrNull(fields, 'partnerId', LOWEST_PARTNER_ID)
        : wholeNumber(fields, 'partnerId', LOWEST_PARTNER_ID),
    loginId: method === 'login' ? text(fields, 'loginId') : textOrNull(fields, 'loginId'),
    tokenId: method === 'app-token' ? text(fields, 'tokenId') : textOrNull(fields, 'tokenId'),
    holder: textOrNull(fields, 'holder'),
    type: oneOf(fields, 'type', ['USER', 'ADMIN'] as const),
    userId: text(fields, 'userId'),
    lifetime: duration(fields, 'lifetime'),
    privileges: text(fields, 'privileges'),
    recipe: readRecipe(fields),
    acceptedRisks: ids(fields, 'acceptedRisks'),
    secretSource: readSecretSource(present(fields, 'secretPlace')),
    savedKey: readSavedKey(fields),
    lastKeyEndedAt: epochSecondsOrNull(fields, 'lastKeyEndedAt'),
    savedAt: epochSeconds(fields, 'savedAt'),
  };
}

/** Reads a saved record. Drops unknown fields, which could contain a secret. */
export function readProfile(value: unknown): ProfileReading {
  try {
    const fields = fieldsOf(value, 'The record');
    if (wholeNumber(fields, 'schemaVersion', 1) > SCHEMA_VERSION) {
      const name = fields['name'];
      return { kind: 'newer', name: typeof name === 'string' && savedNameProblem(name) === null ? name : null };
    }
    const profile = readFields(fields);
    const problem = profileProblem(profile);
    return problem === null ? { kind: 'profile', profile } : { kind: 'unusable', profile, ...problem };
  } catch (error) {
    if (error instanceof FieldProblem) return { kind: 'damaged', why: error.message };
    throw error;
  }
}

/** Reads the bytes of a saved file. */
export function readProfileBytes(bytes: Uint8Array): ProfileReading {
  if (bytes.length === 0) return { kind: 'damaged', why: 'The file is empty.' };
  const value = parseJson(bytes);
  return value === undefined
    ? { kind: 'damaged', why: 'The file isn’t valid JSON, or is incomplete.' }
    : readProfile(value);
}

/** Creates the record to save. The only place that reveals a saved key. Copies field by field, so that nothing else is written. */
export function writeProfile(profile: Profile): Record<string, unknown> {
  const { savedKey } = profile;
  return {
    schemaVersion: SCHEMA_VERSION,
    name: profile.name,
    region: profile.region,
    serviceUrl: profile.serviceUrl,
    method: profile.method,
    ksVersion: profile.ksVersion,
    partnerId: profile.partnerId,
    loginId: profile.loginId,
    tokenId: profile.tokenId,
    holder: profile.holder,
    type: profile.type,
    userId: profile.userId,
    lifetime: profile.lifetime,
    privileges: profile.privileges,
    ...(profile.recipe === null
      ? {}
      : { [RECIPE_FIELD]: { id: profile.recipe.id, values: { ...profile.recipe.values } } }),
    acceptedRisks: [...profile.acceptedRisks],
    secretPlace: writeSecretSource(profile.secretSource),
    keptKey: savedKey && {
      ks: savedKey.ks === null ? null : savedKey.ks.reveal(),
      facts: {
        partnerId: savedKey.facts.partnerId,
        userId: savedKey.facts.userId,
        type: savedKey.facts.type,
        privileges: savedKey.facts.privileges,
        expiresAt: savedKey.facts.expiresAt,
      },
      confirmedBy: savedKey.confirmedBy,
    },
    lastKeyEndedAt: profile.lastKeyEndedAt,
    savedAt: profile.savedAt,
  };
}

const withoutFields = (value: unknown, known: Iterable<string>): RecordFields => {
  const names = new Set(known);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name))) : {};
};

/**
 * Adds the fields of the old record that this version doesn't know, because a newer version wrote them. Only for rewriting a record; never
 * for showing, exporting or importing one.
 * @param former the bytes of the old record, which must be readable
 */
export function withUnknownFields(record: RecordFields, former: Uint8Array): Record<string, unknown> {
  const old = fieldsOf(parseJson(former), 'The record');
  const place = fieldsOf(record['secretPlace'], 'The secret source');
  const oldPlace = old['secretPlace'] as RecordFields;
  const isSamePlace = oldPlace['kind'] === place['kind'];
  return {
    ...record,
    secretPlace: { ...place, ...(isSamePlace ? withoutFields(oldPlace, SOURCE_FIELDS) : {}) },
    keptKey: keyWithUnknownFields(record['keptKey'] as RecordFields | null, old['keptKey'] as RecordFields | null),
    ...withoutFields(old, [...Object.keys(record), RECIPE_FIELD]),
  };
}

/** Merges unknown fields only into the same key, because they describe that key. */
function keyWithUnknownFields(key: RecordFields | null, old: RecordFields | null): RecordFields | null {
  if (key === null || old === null) return key;
  const [facts, oldFacts] = [key['facts'] as RecordFields, old['facts'] as RecordFields];
  const isSame = key['ks'] === old['ks'] && Object.keys(facts).every((name) => facts[name] === oldFacts[name]);
  if (!isSame) return key;
  return {
    ...key,
    facts: { ...facts, ...withoutFields(oldFacts, Object.keys(facts)) },
    ...withoutFields(old, Object.keys(key)),
  };
}

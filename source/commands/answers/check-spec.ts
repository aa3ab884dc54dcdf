import { isUnsafeServer, readServiceUrl } from '../../kaltura/accounts/regions.js';
import { preferredNameOf } from '../../kaltura/accounts/variable-names.js';
import { formatLifetime } from '../../kaltura/lifetime.js';
import { sanitizeText } from '../../kaltura/redact.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { userIdText } from '../../messages/recipes/recipes.js';
import type { Flags } from '../shared/command-call.js';
import { ChoiceError, UsageError } from '../shared/exit-codes.js';
import { type MissingValue, missing } from '../shared/missing.js';
import { withoutEcho } from '../shared/without-echo.js';
import { ANSWER_FLAGS, type AnswerName, answerFlag, flagOf, variableOf } from './answer-flags.js';
import type { InputProblems } from './input-problems.js';
import { missingText } from './recipe-flags.js';
import type { SourcedSpec } from './spec-from-flags.js';

/** Says how to give an answer: `--partner or KALTURA_PARTNER_ID`. */
const howToGive = (name: AnswerName): MissingValue => {
  const [flag, variable] = [flagOf(name), preferredNameOf(variableOf(name))];
  return {
    what: `the ${answerFlag(name).noun}`,
    from: name === 'region' ? `${flag}, ${variable} or --url` : `${flag} or ${variable}`,
  };
};

/** Finds flags that the sign-in method doesn't use. Ignores such variables, which may be set for other commands. */
function idleFlagProblems({ spec: { signIn }, given }: SourcedSpec): UsageError[] {
  const idle: Partial<Record<AnswerName, string>> = {
    ...(signIn.method === 'login'
      ? { user: 'a login creates a key for the user who logs in.' }
      : { 'login-id': 'it belongs to --method login.' }),
    ...(signIn.method === 'app-token' ? {} : { 'app-token-id': 'it belongs to --method app-token.' }),
    ...(signIn.method === 'local'
      ? {}
      : { 'ks-version': 'the account decides the version. You can choose it only with --method local.' }),
  };
  return Object.entries(idle)
    .filter(([name]) => given[name as AnswerName]?.isFlag)
    .map(([name, why]) => new UsageError(`--${name} can’t be used here: ${why}`, 'conflicting-options'));
}

/** Checks whether the type was confirmed for this account and holder, when the profile was saved. */
const isTypeConfirmed = (spec: KeySpec, own: KeySpec | null): boolean =>
  own !== null &&
  own.serviceUrl === spec.serviceUrl &&
  own.signIn.partnerId === spec.signIn.partnerId &&
  own.holder === spec.holder;

/** Says what a recipe still needs, one line each: nothing without a recipe. */
function missingForRecipe({ recipe, spec }: SourcedSpec): string[] {
  if (recipe === null) return [];
  const user = recipe.recipe.key?.user;
  const isUserMissing = user?.need === 'required' && spec.userId === '' && spec.signIn.method !== 'login';
  const lines = [
    ...recipe.missing.flatMap((problem) => missingText(problem) ?? []),
    ...(isUserMissing ? [`--user: ${userIdText(user)}`] : []),
  ];
  if (lines.length === 0) return [];
  return [`Missing for the recipe ${recipe.recipe.id}:`, ...lines.map((line) => `  ${line}`)];
}

interface CompleteOptions {
  /** Whether the answers are saved: then the server is needed even if a key is signed here. */
  readonly isForLater?: boolean;
  /** How to give the secret, if it is missing too: reported together with other problems. */
  readonly missingSecret?: MissingValue | null;
  /** What is wrong with the other flags of the command. */
  readonly problems: InputProblems;
  /** Refuses dangers that are not accepted. Those of a recipe are certain, so they are reported together with other problems. */
  readonly assertRisks?: () => void;
}

/** The answers that decide the risks of a key. */
const RISKY: readonly AnswerName[] = ['method', 'holder', 'type', 'expiry', 'privilege'];

function missingAnswers({ spec, hasServer, ids, invalid }: SourcedSpec, isForLater: boolean): AnswerName[] {
  // Without a valid method, it is unknown which values it needs.
  if (invalid.has('method')) return [];
  const needsServer = !hasServer && !invalid.has('region') && (spec.signIn.method !== 'local' || isForLater);
  return [
    ...(needsServer ? (['region'] as const) : []),
    ...ids
      .filter(({ name, reading }) => reading.problem !== null && reading.text === '' && !invalid.has(name))
      .map(({ name }) => name),
  ];
}

function missingProblem(names: readonly AnswerName[], secret: MissingValue | null, canSave: boolean): UsageError {
  const more = !canSave || names.length === 0 ? '' : 'To save such answers in a profile: kaltura-ks profiles add.';
  const fixes = names.map((name) => ({
    action: 'add-option',
    text: `Give the ${answerFlag(name).noun}`,
    option: flagOf(name),
  }));
  return missing([...names.map(howToGive), ...(secret === null ? [] : [secret])], { more, fixes });
}

function serverProblem({ spec, address, sources }: SourcedSpec): UsageError | null {
  const server = spec.region === 'own' ? readServiceUrl(address) : null;
  if (server?.ok === false) return new UsageError(`${sources.url}: ${withoutEcho(server.problem, address)}`);
  if (!isUnsafeServer(spec) || spec.signIn.method === 'local') return null;
  return new UsageError(
    'The URL uses http, so no secret is sent to it. Use an https URL, or sign on this computer: --method local.',
    'insecure-url',
  );
}

function idProblems({ ids, sources }: SourcedSpec): UsageError[] {
  return ids.flatMap(({ name, reading: { problem, text, suggestion } }) => {
    if (problem === null || text === '') return [];
    const meant = name === 'partner' && suggestion !== null ? ` Did you mean ${suggestion}?` : '';
    return [new UsageError(`${sources[name]}: ${withoutEcho(problem, text)}${meant}`)];
  });
}

function userProblem({ spec, userId, sources }: SourcedSpec): UsageError | null {
  if (userId.problem === null || spec.signIn.method === 'login') return null;
  return new UsageError(`${sources.user}: ${withoutEcho(userId.problem, userId.text)}`);
}

/**
 * Checks all answers except secrets, as the wizard does.
 * @throws {UsageError} with every missing and every invalid value
 */
export function assertComplete(
  sourced: SourcedSpec,
  { isForLater = false, missingSecret = null, problems, assertRisks = () => {} }: CompleteOptions,
): void {
  const { spec, own, given, invalid } = sourced;
  const ofMethod = [...idleFlagProblems(sourced), ...idProblems(sourced), userProblem(sourced)];
  for (const problem of [serverProblem(sourced), ...(invalid.has('method') ? [] : ofMethod)]) {
    if (problem !== null) problems.add(problem);
  }
  const region = invalid.get('region');
  // Practice needs no other answers.
  const isPracticeMeant = region instanceof ChoiceError && region.meant === 'practice';
  const names = isPracticeMeant ? [] : missingAnswers(sourced, isForLater);
  const secret = isPracticeMeant || invalid.has('method') ? null : missingSecret;
  // A secret that alone is missing is reported when it is read.
  if (names.length > 0 || (secret !== null && !problems.isEmpty)) {
    problems.add(missingProblem(names, secret, own === null && !isForLater));
  }
  const ofRecipe = missingForRecipe(sourced);
  if (ofRecipe.length > 0) problems.add(new UsageError(ofRecipe.join('\n'), 'missing-input'));
  const areRisksSure = sourced.recipe !== null && !RISKY.some((name) => invalid.has(name));
  if (areRisksSure) problems.collect(assertRisks, undefined);
  problems.assertNone();
  if (spec.signIn.method === 'login') return;
  if (spec.type === 'ADMIN' && given.type === undefined && !isTypeConfirmed(spec, own)) {
    throw new UsageError(
      'The profile’s type ADMIN is for another account or holder. To use it here, add --type admin.',
      'confirmation-required',
    );
  }
}

const orNone = (text: string): string => (text === '' ? 'none' : text);

/** How each answer is printed; null if the sign-in method doesn't use it. */
const VALUES: Readonly<Record<AnswerName, (spec: KeySpec) => string | null>> = {
  region: ({ region }) => (region === 'own' ? null : region),
  url: ({ region, serviceUrl }) => (region === 'own' ? serviceUrl : null),
  method: ({ signIn }) => signIn.method,
  partner: ({ signIn }) => orNone(String(signIn.partnerId ?? '')),
  'login-id': ({ signIn }) => (signIn.method === 'login' ? signIn.loginId : null),
  'app-token-id': ({ signIn }) => (signIn.method === 'app-token' ? signIn.tokenId : null),
  'ks-version': ({ signIn }) => (signIn.method === 'local' ? String(signIn.ksVersion) : null),
  holder: ({ holder }) => holder,
  type: ({ signIn, type }) => (signIn.method === 'login' ? null : type),
  user: ({ signIn, userId }) => (signIn.method === 'login' ? null : orNone(userId)),
  expiry: ({ lifetime }) => formatLifetime(lifetime),
  privilege: ({ privileges }) => orNone(privileges),
};

/** Answers that a command sets itself, in place of options. */
export interface SetBy {
  readonly command: string;
  readonly answers: Flags;
}

/** Says which source each answer came from, one line each: `region eu (--region)`. For `-v`. */
export const sourceTexts = ({ spec, hasServer, sources }: SourcedSpec, setBy?: SetBy): string[] =>
  ANSWER_FLAGS.flatMap(({ name }) => {
    const value = name === 'region' && !hasServer ? null : VALUES[name](spec);
    return value === null
      ? []
      : [
          `${name} ${sanitizeText(value, [], 200)} (${setBy !== undefined && name in setBy.answers ? `set by ${setBy.command}` : sources[name]})`,
        ];
  });

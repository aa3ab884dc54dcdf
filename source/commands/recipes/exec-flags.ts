import { isInPractice, needsExec } from '../../kaltura/recipes/next.js';
import { dangersOf } from '../../kaltura/recipes/risks.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { quoteIfNeeded } from '../../kaltura/snippets/snippet.js';
import type { Profile } from '../../profiles/profile.js';
import { ANSWER_FLAGS, type AnswerName, flagOf } from '../answers/answer-flags.js';
import type { ChosenRecipe } from '../answers/recipe-flags.js';
import type { Flags } from '../shared/command-call.js';
import { keyCommand, placeholdersFor } from './command.js';

const ALL: readonly AnswerName[] = ANSWER_FLAGS.map(({ name }) => name);

/** Returns the answers among the flags, as they were typed. */
const typedAnswers = (flags: Flags, names: readonly AnswerName[] = ALL): string[] =>
  names.flatMap((name) => {
    const typed = flags[name];
    const values = Array.isArray(typed) ? typed : [typed];
    return values.flatMap((value) => (typeof value === 'string' ? [flagOf(name), value] : []));
  });

const dangerFlags = ({ recipe, values }: ChosenRecipe, accepted: readonly string[]): string[] =>
  dangersOf(recipe, values)
    .filter(({ id }) => !accepted.includes(id))
    .flatMap(({ id }) => ['--accept-risk', id]);

const recipeFlags = ({ recipe, values }: ChosenRecipe): string[] => [
  '--recipe',
  recipe.id,
  ...placeholdersFor(recipe, values).flatMap((id) => [flagOf(id), values[id] ?? '']),
];

/** Returns the flags with which `exec` makes the key of the recipe: those that the profile doesn't have. Nothing without a profile. */
export function execFlags(chosen: ChosenRecipe, profile: Profile | null, flags: Flags): readonly string[] {
  if (profile === null || !needsExec(chosen.recipe)) return [];
  const isOwn = profile.recipe?.id === chosen.recipe.id;
  return [
    ...(isOwn ? [] : recipeFlags(chosen)),
    ...typedAnswers(flags),
    ...(isOwn ? [] : dangerFlags(chosen, profile.acceptedRisks)),
  ];
}

const joined = (words: readonly string[]): string => words.map(quoteIfNeeded).join(' ');

/** Says how to save the profile that the text runs, or why it can’t be used as it is. */
export function profileAdvice(chosen: ChosenRecipe, spec: KeySpec, profile: Profile | null, flags: Flags): string[] {
  const { recipe } = chosen;
  if (profile !== null) {
    return profile.secretSource.kind === 'ask' && spec.region !== 'practice'
      ? [
          'caution: the profile asks for its secret each time, and a program that runs in the background can’t answer. Save the profile with --store keychain, --from-command or --from-variable.',
        ]
      : [];
  }
  const typed = typedAnswers(flags);
  const server = typed.includes('--region') || typed.includes('--url') ? [] : ['--region', spec.region];
  const partner = flags['partner'] === undefined && spec.region !== 'practice' ? ' --partner <number>' : '';
  const user = recipe.key?.user.need === 'required' && flags['user'] === undefined ? ' --user <user>' : '';
  const words = [...server, ...typed, ...recipeFlags(chosen), ...dangerFlags(chosen, [])];
  const store = spec.region === 'practice' ? '' : ' --store keychain';
  return [`To save such a profile: kaltura-ks profiles add <profile> ${joined(words)}${partner}${user}${store}`];
}

const OF_ACCOUNT: readonly AnswerName[] = ['region', 'url', 'method', 'partner', 'login-id', 'app-token-id'];

/** Says how to make the key that the text reads from KALTURA_KS. */
export function keyAdvice(chosen: ChosenRecipe, spec: KeySpec, profile: Profile | null, flags: Flags): string[] {
  const { recipe, values } = chosen;
  if (recipe.key === null) return [];
  const typed = typedAnswers(flags, OF_ACCOUNT);
  const needsPartner = profile === null && spec.region !== 'practice' && spec.signIn.partnerId === null;
  const partner = needsPartner && spec.signIn.method !== 'login' ? ' --partner <number>' : '';
  const file = typeof flags['dotenv'] === 'string' ? ['--dotenv', flags['dotenv']] : [];
  const account = joined([...(profile === null ? [] : [profile.name]), ...typed, ...file]);
  const command = keyCommand(recipe, placeholdersFor(recipe, values), {
    account: account === '' ? null : `${account}${partner}`,
    userId: spec.userId,
    values,
  });
  const practice = spec.region === 'practice' ? ['The practice server must be running: kaltura-ks practice'] : [];
  const isAsked = recipe.next.kind === 'api' && isInPractice(recipe);
  const isShellCode = recipe.next.kind === 'api' || recipe.next.kind === 'header';
  const how = isShellCode
    ? `The code reads the key from KALTURA_KS. To create the key first: export KALTURA_KS="$(${command})"`
    : `To create the key: ${command}`;
  return [how, ...(isAsked ? practice : [])];
}

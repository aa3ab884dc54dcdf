import { isUnsafeServer, type RegionId } from '../kaltura/accounts/regions.js';
import { namesOf } from '../kaltura/accounts/variable-names.js';
import { isPracticeKey } from '../kaltura/ks/explain.js';
import { PLACEHOLDER_IDS } from '../kaltura/recipes/placeholders.js';
import type { Recipe } from '../kaltura/recipes/recipe.js';
import type { KeySpec } from '../kaltura/sign-in/key-spec.js';
import { similarNames } from '../kaltura/similar-names.js';
import { canReadContent, SNIPPET_LANGUAGES, type SnippetLanguage, snippetFor } from '../kaltura/snippets/snippets.js';
import { snippetParagraphs, snippetText } from '../messages/use.js';
import type { Env } from '../operations/runtime.js';
import type { Profile } from '../profiles/profile.js';
import { PROFILE_VARIABLE, variableOf } from './answers/answer-flags.js';
import { givenAnswers } from './answers/given-answers.js';
import { InputProblems } from './answers/input-problems.js';
import { unknownName } from './answers/recipe-flags.js';
import { specFrom } from './answers/spec-from-flags.js';
import { savedServer } from './keys/key-server.js';
import { type FoundKey, pipedKey } from './keys/key-text.js';
import type { CommandRun, Flags } from './shared/command-call.js';
import { EXIT, UsageError } from './shared/exit-codes.js';
import { findProfile } from './shared/find-profile.js';
import { missing } from './shared/missing.js';
import { argumentFor } from './shared/shell-quoting.js';

/** Short names of languages. TypeScript runs the code for Node.js. */
const LANGUAGE_ALIASES: ReadonlyMap<string, SnippetLanguage> = new Map(
  Object.entries<SnippetLanguage>({
    js: 'node',
    ts: 'node',
    py: 'python',
    cs: 'csharp',
    'c#': 'csharp',
    ps1: 'powershell',
    pwsh: 'powershell',
  }),
);

function languageOf(typed: string | undefined): SnippetLanguage | null {
  const name = typed?.trim().toLowerCase() ?? '';
  return SNIPPET_LANGUAGES.find((known) => known === (LANGUAGE_ALIASES.get(name) ?? name)) ?? null;
}

/** @throws {UsageError} if it is neither a language nor a recipe */
async function assertRecipe(typed: string): Promise<Recipe> {
  const { findRecipe, similarRecipes } = await import('../kaltura/recipes/recipes.js');
  const recipe = findRecipe(typed);
  if (recipe !== undefined) return recipe;
  const languages = similarNames(typed.trim(), [...SNIPPET_LANGUAGES, ...LANGUAGE_ALIASES.keys()]);
  const known = `Languages: ${SNIPPET_LANGUAGES.join(', ')}. Recipes: see kaltura-ks recipes.`;
  throw unknownName('language or recipe', [...languages, ...similarRecipes(typed)], known);
}

async function profileOf({ names, runtime, report }: CommandRun): Promise<Profile | null> {
  const wanted = names[1] ?? runtime.env[PROFILE_VARIABLE] ?? '';
  return wanted === '' ? null : findProfile(wanted, await runtime.openStore(), report);
}

/** Returns the variables that decide the code. Others can be set for other commands, even to an invalid value. */
const usedVariables = (env: Env): Env => {
  const names = ['region', 'url', 'type'].map(variableOf).flatMap(namesOf);
  return Object.fromEntries(names.map((name) => [name, env[name]]));
};

/**
 * Reads the server and key type from flags, variables and the profile. Reads no secret.
 * @throws {UsageError}
 */
function requestedSpec(profile: Profile | null, flags: Flags, env: Env): KeySpec {
  const problems = new InputProblems();
  const { spec, given } = specFrom(profile, flags, env, problems);
  problems.assertNone();
  if (profile === null && given.region === undefined && given.url === undefined) {
    throw missing([{ what: 'the server', from: '--region, --url or a profile' }]);
  }
  if (spec.serviceUrl === '') {
    throw new UsageError(
      `${given.url?.source ?? '--url'} is not the URL of a server, such as https://video.example.com.`,
    );
  }
  return spec;
}

/** Checks whether flags and variables give all answers, so that no key is read. */
function hasAllAnswers(flags: Flags, env: Env): boolean {
  const { type, region, url } = givenAnswers(flags, env);
  return type !== undefined && (region !== undefined || url !== undefined);
}

/** The flags of creating a key, which code for a language doesn't contain. Not those that only confirm or allow something. */
const FOR_KEYS: readonly string[] = [
  'recipe',
  ...PLACEHOLDER_IDS,
  ...['method', 'partner', 'login-id', 'app-token-id', 'ks-version', 'holder', 'user', 'expiry', 'session-group'],
  ...['secret-stdin', 'secret-file', 'min-ttl'],
];

/** @throws {UsageError} */
function refuseIdle(flags: Flags): void {
  const idle = FOR_KEYS.find((name) => flags[name] !== undefined);
  const name = idle === undefined && flags['key'] === false ? 'no-key' : idle;
  if (name === undefined) return;
  throw new UsageError(
    `--${name} doesn’t fit: the code contains no key, and reads it from KALTURA_KS. To create a key, use kaltura-ks token.`,
    'conflicting-options',
  );
}

/** Returns the flag for the server of the saved profiles of the key's account, or for practice; nothing if flags or variables name a server. */
async function serverFlagOf({ ks, facts }: Pick<FoundKey, 'ks' | 'facts'>, run: CommandRun): Promise<Flags> {
  const { flags, runtime } = run;
  const { region, url } = givenAnswers(flags, usedVariables(runtime.env));
  if (region !== undefined || url !== undefined) return {};
  const key = { profile: null, partnerId: facts?.partnerId ?? null, mayJoinPractice: false };
  const saved = await savedServer(key, run);
  if (saved === null) return isPracticeKey(ks) ? { region: 'practice' } : {};
  return saved.region === 'own' ? { url: saved.address } : { region: saved.region };
}

/** Returns the command that runs the code with a key: `exec` sets the key of a profile or of practice in its environment. */
function runLine(run: string | null, profile: Profile | null, region: RegionId, env: Env): string | null {
  if (run === null || (profile === null && region !== 'practice')) return run;
  return `kaltura-ks exec ${profile === null ? '--region practice' : argumentFor(profile.name, env)} -- ${run}`;
}

/** Prints only the code, or the next step of a recipe, to standard output, and instructions to standard error. */
export async function use(run: CommandRun): Promise<number> {
  const { names, flags, runtime, report } = run;
  const language = languageOf(names[0]);
  const recipe = language === null ? await assertRecipe(names[0] ?? '') : null;
  const env = usedVariables(runtime.env);
  const profile = await profileOf(run);
  if (language === null) {
    const { printRecipe } = await import('./recipes/use-recipe.js');
    return printRecipe(recipe as Recipe, profile, run);
  }
  refuseIdle(flags);
  const key = profile === null && !hasAllAnswers(flags, env) ? await pipedKey(runtime) : null;
  const server = key === null ? {} : await serverFlagOf(key, run);
  const spec = requestedSpec(profile, { ...flags, ...server }, env);
  if (isUnsafeServer(spec)) {
    report.say('caution: the URL uses http, so others on the network can read the key. Use https.');
  }
  const { region, serviceUrl } = spec;
  runtime.linkPagesOf(serviceUrl);
  // Not checked here: making a key does that.
  const asked = { ...spec, privileges: runtime.env[variableOf('privilege')] || spec.privileges };
  const { type, privileges } = flags['type'] === undefined && key?.facts != null ? key.facts : asked;
  const snippet = snippetFor(language, { serviceUrl, type, canList: canReadContent(privileges) });
  runtime.stdout.write(`${snippetText(snippet)}\n`);
  if (region === 'practice') report.say('The practice server must be running: kaltura-ks practice');
  const runs = runLine(snippet.run, profile, region, runtime.env);
  for (const { text } of snippetParagraphs(snippet, runs)) report.say(text);
  return EXIT.ok;
}

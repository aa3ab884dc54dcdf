import { type CommandSpec, GROUP } from './command-spec.js';
import {
  ACCEPT_RISK,
  CONFIRM_COMMAND,
  GIVEN_KEY,
  JSON_FLAG,
  KEY_OR_NEW_SOURCES,
  KS_FILE,
  OWN_URL,
  REQUEST_FLAGS,
  SECRET_FILE,
  SHOW_ANSWER,
  TIMEOUT,
  YES,
} from './flags.js';

export const UNDERSTAND_A_KEY: readonly CommandSpec[] = [
  {
    name: 'inspect [ks]',
    group: 'Understand a key',
    description: 'Show what a key allows, when it expires, and whether it is valid',
    flags: [
      KS_FILE,
      { flag: '--profile <name>', help: 'verify the signature with the secret of this profile', group: GROUP.secret },
      { flag: '--secret-stdin', help: 'read the Administrator Secret from standard input', group: GROUP.secret },
      { flag: '--secret-file <path>', help: 'read the Administrator Secret from a file', group: GROUP.secret },
      CONFIRM_COMMAND,
      { flag: '--ask-server', help: 'ask the server about the key if no secret verifies it', group: GROUP.server },
      { flag: '--region <region>', help: 'the region of the account', group: GROUP.server },
      { ...OWN_URL, group: GROUP.server },
      ...REQUEST_FLAGS,
    ],
    notes: `The key can have quotes, a URL, a header or “ks=” around it. It is not the name of a profile: for the saved key
of a profile, see the first example. Other users of this computer can see an argument, and the
shell saves it. For a key that is still valid, use --ks-file or standard input.

Anyone can read a version 1 key. A version 2 key shows only its account, unless you give the Administrator Secret or ask the server.
If you give the secret, kaltura-ks verifies the signature with it. Keys of practice accounts are verified without one.

Exit code 1: no complete key was found, its signature is invalid, it has expired, or a server rejects it.

With --json, signature is valid, invalid or unchecked, and verifiedBy names what verified it. problems lists mistakes in the code
that created the key. For errors instead of keys, use kaltura-ks explain.`,
    examples: [
      'kaltura-ks token demo | kaltura-ks inspect',
      'kaltura-ks inspect --ks-file key.txt --profile demo',
      'kaltura-ks token demo | kaltura-ks inspect --json',
    ],
  },
  {
    name: 'check [profile]',
    group: 'Understand a key',
    description: 'Ask the server whether a key works and what it can see',
    takesRecipe: true,
    flags: [
      {
        flag: '--recipe <recipe>',
        help: 'check whether the key works for this recipe (a use case); see kaltura-ks recipes',
        group: GROUP.check,
      },
      { flag: '--entry <id>', help: 'look for this entry with the key', group: GROUP.check },
      { flag: '--category <id>', help: 'look for this category with the key', group: GROUP.check },
      {
        flag: '--look-behind',
        help: 'if it is not found, check whether entitlement hides it, with a one-minute key that has disableentitlement',
        group: GROUP.check,
      },
      {
        flag: '--plan',
        help: 'only show what would be sent, and how many of the key’s calls it uses',
        group: GROUP.check,
      },
      ...GIVEN_KEY,
      SECRET_FILE,
      CONFIRM_COMMAND,
      ACCEPT_RISK,
      YES,
      ...REQUEST_FLAGS,
    ],
    notes: `With --recipe, check compares the key with what the recipe needs: type, user, privileges, lifetime. If nothing is missing, it
also sends one call that changes nothing. The values of the recipe are options, such as --entry. If the key can’t be used, check prints
the command that creates the right key, unless only the entry was not found.

Exit code 0: the key works, or the server refused only calls that the role of the key doesn’t allow. With --entry or --category, it means
that the content was found. With --recipe, it means that the key can be used.

Exit code 1: the key doesn’t work, or check can’t tell. To test one call, use --recipe or kaltura-ks call.

${KEY_OR_NEW_SOURCES}`,
    examples: [
      'kaltura-ks check demo',
      'kaltura-ks check demo --recipe moderation',
      'kaltura-ks check demo --category 2003 --look-behind',
      'kaltura-ks check --ks-file key.txt --region practice',
    ],
  },
  {
    name: 'explain [error...]',
    group: 'Understand a key',
    description: 'Explain an error: its causes, the fix, and what to check',
    flags: [
      {
        flag: '--json',
        help: 'print errors as JSON, each with the fields code, reason, known, meaning, causes, fix, checks, similar',
        group: GROUP.output,
      },
    ],
    notes: `The error is a code, a message, or a whole answer of the server, as an argument or on standard input. The answer can be
JSON, XML, JSONP or PHP, and have a log or a curl transcript around it. It can contain several errors.

explain sends nothing. It prints only codes and IDs from the text, never a key or a secret. For keys instead of
errors, use kaltura-ks inspect.

Exit code 1: the text contains no error, or a code that kaltura-ks doesn’t know.`,
    examples: [
      'kaltura-ks explain CATEGORY_NOT_FOUND',
      'kaltura-ks explain \'Category id "8" not found\'',
      'kaltura-ks explain <answer.json',
    ],
  },
  {
    name: 'regions <partner>',
    group: 'Understand a key',
    description: 'Find the region of an account',
    flags: [TIMEOUT, JSON_FLAG, SHOW_ANSWER],
    notes: `kaltura-ks asks each region whether it has the account, and whether the account is blocked there. It sends the partner ID and
nothing else.`,
    examples: ['kaltura-ks regions 2345678'],
  },
];

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findApplicationPrivilege } from '../../../source/kaltura/privileges/applications.js';
import { findPrivilege } from '../../../source/kaltura/privileges/catalogue.js';
import { checkPrivileges, privilegePairs } from '../../../source/kaltura/privileges/privileges.js';
import {
  fillRecipe,
  placeholdersIn,
  placeholdersOf,
  recipeProblems,
  takesKey,
} from '../../../source/kaltura/recipes/fill.js';
import { valueProblemOf } from '../../../source/kaltura/recipes/placeholder-value.js';
import { PLACEHOLDER_IDS, PLACEHOLDERS, type PlaceholderId } from '../../../source/kaltura/recipes/placeholders.js';
import { RECIPE_GROUPS, type Recipe } from '../../../source/kaltura/recipes/recipe.js';
import { findRecipe, RECIPES, similarRecipes } from '../../../source/kaltura/recipes/recipes.js';
import { dangersOf } from '../../../source/kaltura/recipes/risks.js';
import { recipeSource } from '../../../source/kaltura/recipes/sources.js';
import { confirmationWord } from '../../../source/kaltura/risks/risks.js';
import { answersFor, exampleValues, minimalValues, recipe } from './examples.js';

/** The use cases of docs/kaltura-products.md 1, and the recipes that cover them. */
const COVERED: Readonly<Record<string, readonly string[]>> = {
  'Play one protected entry on a page': ['play-entry'],
  'Play many entries': ['play-entries', 'play-playlist'],
  'One-time ticket': ['play-ticket'],
  'Locked to the viewer’s address': ['play-from-address'],
  'Access rule “KS required”': ['access-rule'],
  'Free preview': ['free-preview'],
  'KMC-like preview link': ['preview-link'],
  'Playback, download and thumbnail URLs': ['play-url', 'download-url', 'thumbnail-url'],
  'Live, before it starts': ['live-preview'],
  'Express Recorder': ['express-recorder'],
  'Captions Editor': ['captions-editor'],
  'Video editor: trim, clip, quiz, hotspots (Kaltura Editor, KEA)': ['video-editor', 'video-editor-preview'],
  'Chapters, slides, quizzes, annotations, ads by API': ['interactive-content', 'quiz-answer'],
  'Webcast studio (presenter)': ['webcast-studio'],
  'Genie widget': ['genie-widget'],
  'Genie by API': ['genie-api'],
  'Intelligent agents (avatar agents, “agentic”)': ['agents-management', 'agent-conversation'],
  'Agents Manager (API and widget)': ['agents-manager', 'agents-widget'],
  'Content Lab': ['content-lab'],
  'Media Manager widget': ['media-manager'],
  'VOD avatar': ['vod-avatar'],
  'Conversational avatar': ['conversational-avatar'],
  'Any Unisphere widget': ['unisphere-widget'],
  'Moderation by AI, captions, translation… (REACH)': ['reach'],
  'Embeddable analytics (dashboards)': ['analytics-dashboard'],
  'Reports by API': ['reports', 'reports-service'],
  'Collecting play events of an own player': ['play-events'],
  'Events Platform': ['events-platform'],
  'Kaltura Events MCP server': ['mcp-events', 'mcp-server'],
  'App Registry': ['app-registry'],
  'User Profile': ['user-profile'],
  'Messaging (e-mails)': ['messaging'],
  'Auth Broker (SSO)': ['auth-broker'],
  Gamification: ['gamification'],
  'Chat & Collaborate': ['chat'],
  'Upload, official flow': ['upload'],
  'Upload only': ['upload-only'],
  'Search (eSearch)': ['search'],
  Moderation: ['moderation'],
  Users: ['users'],
  'Categories and members': ['categories'],
  'Access control profiles': ['access-control'],
  'Custom metadata profiles': ['metadata'],
  'Syndication feeds, short links, multi-stream': ['syndication', 'short-links', 'multi-stream'],
  'Webhooks and e-mail notifications': ['webhooks'],
  Distribution: ['distribution'],
  'Live streams': ['live-streams'],
  'Bulk and migration scripts': ['script'],
  'Downloads of reports and CSVs': ['report-download'],
  'KAF module link (My Media, gallery, picker)': [
    'kaf-my-media',
    'kaf-gallery',
    'kaf-picker',
    'kaf-entry',
    'kaf-room',
    'kaf-genie',
    'kaf-content-lab',
    'kaf-avatar',
  ],
  'Meeting room, attendee': ['meeting-attendee'],
  'Meeting room, moderator': ['meeting-moderator'],
  'Room analytics': ['room-analytics'],
  'Sign in to KMC with a key': ['kmc-login'],
  MediaSpace: ['mediaspace-api'],
};

/** Bold text at the start of a line that is a fact, not a use case. */
const NO_USE_CASE = ['KAF trusts whatever is signed'];

/** The headings of section 1: bold text at the start of a paragraph or sentence. */
function useCases(): string[] {
  const sheet = readFileSync('docs/kaltura-products.md', 'utf8');
  const section = sheet.slice(sheet.indexOf('\n## 1. '), sheet.indexOf('\n## 2. '));
  return section
    .split('\n')
    .filter((line) => line.startsWith('**'))
    .flatMap((line) => [...line.matchAll(/(?:^|\. )\*\*([^*]+)\*\*(?=[:, ]| \()/g)].map(([, title = '']) => title))
    .map((title) => title.replace(/"([^"]*)"/g, '“$1”').replaceAll("'", '’'))
    .filter((title) => !NO_USE_CASE.includes(title));
}

test('cover every use case of the document', () => {
  const titles = useCases();
  expect(titles.length).toBeGreaterThanOrEqual(45);
  expect(titles.filter((title) => !(title in COVERED) && !title.includes('no KS'))).toEqual([]);
  const ids = RECIPES.map(({ id }) => id);
  expect(Object.values(COVERED).flat().toSorted()).toEqual(ids.toSorted());
});

/** USER keys that the product needs although they are risky in a page. `--accept-risk` or a typed word confirms them. */
const WIDE_IN_A_PAGE = ['unisphere-widget'];

describe.each(RECIPES.map((one) => [one.id, one] as const))('%s', (_, one: Recipe) => {
  test('has an ID that is easy to type, and complete sentences', () => {
    expect(one.id).toMatch(/^[a-z]+(-[a-z]+){0,2}$/);
    expect(findRecipe(one.id.toUpperCase())).toBe(one);
    expect(one.title.length).toBeLessThanOrEqual(64);
    expect(Object.keys(RECIPE_GROUPS)).toContain(one.group);
    for (const text of [one.summary, ...one.mistakes, ...one.doubts]) expect(text).toMatch(/[.:]$|\*$/);
  });

  test('asks only for the values that it uses', () => {
    const { key, next } = one;
    const inNext = [...JSON.stringify(next).matchAll(/\{\{([a-z-]+)/g)].map(([, name = '']) => name);
    const used = new Set<string>([...(key?.privileges ?? []).flatMap(placeholdersIn), ...inNext]);
    for (const id of placeholdersOf(one)) expect([id, used.has(id)]).toEqual([id, true]);
    const asked: readonly string[] = placeholdersOf(one);
    for (const id of used) if (id in PLACEHOLDERS) expect(asked).toContain(id);
    expect(recipeProblems(one, exampleValues(one))).toEqual([]);
    expect(recipeProblems(one, minimalValues(one))).toEqual([]);
  });

  test.each(['minimal', 'all'] as const)('gives privileges in normalized form: %s values', (which) => {
    if (!takesKey(one)) return;
    const filled = fillRecipe(one, which === 'all' ? exampleValues(one) : minimalValues(one));
    expect(filled).not.toBeNull();
    const privileges = filled?.privileges ?? '';
    for (const ksVersion of [1, 2, null] as const) {
      expect(checkPrivileges(privileges, ksVersion)).toMatchObject({ ok: true, privileges });
    }
    for (const [name] of privilegePairs(privileges)) {
      expect([name, (findPrivilege(name) ?? findApplicationPrivilege(name)) !== undefined]).toEqual([name, true]);
    }
  });

  test('requires a typed word exactly if its key is dangerous', () => {
    if (!takesKey(one)) return;
    const plan = {
      ...answersFor(one),
      userId: 'jo',
      signIn: { method: 'server', partnerId: 102 },
      serviceUrl: 'https://www.kaltura.com',
    } as const;
    const isWide =
      plan.type === 'ADMIN' && (plan.holder === 'browser' || plan.privileges.includes('disableentitlement'));
    expect(dangersOf(one, {}).length > 0).toBe(confirmationWord(plan) !== null);
    expect(confirmationWord(plan)).toBe(isWide ? 'admin' : WIDE_IN_A_PAGE.includes(one.id) ? 'share' : null);
  });

  test('warns of an ADMIN key in a page or a link', () => {
    if (one.key?.type !== 'ADMIN' || one.key.holder !== 'browser') return;
    expect(one.mistakes.join(' ')).toContain('ADMIN key');
  });
});

const FACTS = ['docs/kaltura-products.md', 'docs/kaltura-facts.md']
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** Paths that the document has in two parts: the service and the call, or the route of a KAF module and `/ks/`. */
const IN_PARTS = [
  '/api/v1/partner/checkConfiguration',
  ...['embeddedrooms/index/view-room', 'genie', 'contentlab', 'avatarvodstudio/index/index'].map(
    (path) => `/${path}/ks/`,
  ),
];

test('every path and call of a next step is in the facts or in a recording', () => {
  const recordings = readFileSync('test/fixtures/accounts-and-tokens.json', 'utf8');
  for (const { id, next } of RECIPES) {
    const text = JSON.stringify(next);
    const paths = [...text.matchAll(/\}\}(\/[^\s'"{\\]+)/g)].map(([, path = '']) => path.replace(/\/PATH$/, '/'));
    for (const path of paths) {
      const isKnown = FACTS.includes(path) || FACTS.includes(path.replace(/\/$/, '')) || IN_PARTS.includes(path);
      expect([id, path, isKnown]).toEqual([id, path, true]);
    }
    if (next.kind !== 'api' || next.call === 'SERVICE.ACTION') continue;
    const [service, action] = next.call.split('.');
    const isKnown =
      new RegExp(`${service}\\.(\\w+/)*${action}`).test(FACTS) ||
      recordings.includes(`/service/${service}/action/${action}`);
    expect([id, next.call, isKnown]).toEqual([id, next.call, true]);
  }
});

test('names details that the facts don’t have', () => {
  for (const { id, next, doubts } of RECIPES) {
    const text = JSON.stringify(next);
    if (/PATH|SERVICE\.ACTION|WIDGET_NAME/.test(text)) expect([id, doubts.length > 0]).toEqual([id, true]);
  }
});

test('every placeholder is explained, and accepts its example', () => {
  for (const id of PLACEHOLDER_IDS) {
    const { noun, example, where } = PLACEHOLDERS[id];
    expect([id, valueProblemOf(id, example)]).toEqual([id, null]);
    expect(noun).toMatch(/^[^A-Z]|^(IP|KAF|Genie)/);
    expect(where).toMatch(/\.$/);
    expect(RECIPES.some((one) => placeholdersOf(one).includes(id))).toBe(true);
  }
});

test('explains a link without the value, and an application name with spaces', () => {
  const link = 'https://www.youtube.com/watch?v=abc';
  expect(valueProblemOf('entry', link)).toBe('This link contains no entry ID (for example 0_abc12345).');
  expect(valueProblemOf('player', link)).toMatch(/^This link contains no player number/);
  expect(valueProblemOf('app', link)).toBe(
    'This is a link. Type the application name instead, for example shop-www.example.com.',
  );
  expect(valueProblemOf('return-url', link)).toBeNull();
  expect(valueProblemOf('app', 'My Player!')).toBe('An application name has no spaces here. Write a hyphen instead.');
});

test('refuses an invalid value, and does not repeat it', () => {
  const wrong: [Parameters<typeof valueProblemOf>[0], string][] = [
    ['entry', '0_a,0_b'],
    ['entry', '0_a/0_b'],
    ['entry', '0123456789abcdef0123456789abcdef'],
    ['entries', '0_a//0_b'],
    ['context', 'My/Portal'],
    ['context', 'a,b'],
    ['first-name', 'Jo, Doe'],
    ['last-name', 'Doe;Roe'],
    ['role', 'constructor'],
    ['gallery-role', '5'],
    ['event', '0'],
    ['return-url', 'example.org/done'],
    ['ip', '10.0.0.0/8'],
    ['kaf', 'https://x.kaf.kaltura.com'],
  ];
  for (const [id, text] of wrong) {
    const problem = valueProblemOf(id, text);
    expect([id, text, problem]).not.toEqual([id, text, null]);
    expect(problem).not.toContain(text);
  }
});

test.each([
  ['a line break', 'x\ny'],
  ['a carriage return', 'x\ry'],
  ['a control character', 'x\u0007y'],
  ['a line separator', 'x\u2028y'],
  ['a character that reverses the text', 'x\u202Ey'],
])('refuses a value with %s', (_, text) => {
  const prefix = (id: PlaceholderId): string =>
    PLACEHOLDERS[id].example.startsWith('http') ? 'https://a.example/' : '';
  for (const id of PLACEHOLDER_IDS) expect([id, valueProblemOf(id, `${prefix(id)}${text}`)]).not.toEqual([id, null]);
});

test.each([
  ['entries', '0_welcome1,0_staffday', 'Join several IDs with /: 0_welcome1/0_staffday.'],
  ['entries', '0_a, 0_b', 'Join several IDs with /: 0_a/0_b.'],
  ['entries', '0_a 0_b', 'Join several IDs with /: 0_a/0_b.'],
  ['entries', '0_a/0_b; 0_c', 'Join several IDs with /: 0_a/0_b/0_c.'],
  ['entries', '0_a,', 'A comma ends a privilege. Leave it out.'],
  ['entry', '0_a,0_b', 'A comma ends a privilege. Leave it out.'],
  ['entries', '0_a,0123456789abcdef0123456789abcdef', 'A comma ends a privilege. Leave it out.'],
  ['ip', '10.0.0.1, 10.0.0.2', 'Join several addresses with /: 10.0.0.1/10.0.0.2.'],
] as const)('the field %s explains the separator for %j', (id, text, problem) => {
  expect(valueProblemOf(id, text)).toBe(problem);
});

test('accepts the joiners of a language in a name', () => {
  expect(valueProblemOf('first-name', 'نرگس\u200Cالسادات')).toBeNull();
  expect(valueProblemOf('app', 'shop\u200C')).not.toBeNull();
});

test('reports all problems at once', () => {
  const one = recipe('meeting-attendee');
  expect(recipeProblems(one, { 'first-name': 'a,b', entry: '0_abc12345' })).toEqual([
    { kind: 'missing', placeholder: 'last-name' },
    { kind: 'missing-one-of', placeholders: ['event', 'resource'] },
    { kind: 'invalid', placeholder: 'first-name', problem: expect.any(String) },
    { kind: 'unused', placeholder: 'entry' },
  ]);
  const both = { ...minimalValues(one), event: '1', resource: '2' };
  expect(recipeProblems(one, both)).toEqual([{ kind: 'too-many', placeholders: ['event', 'resource'] }]);
});

test('a return URL is percent-encoded in the privilege', () => {
  const one = recipe('kaf-picker');
  const { privileges } = answersFor(one, { ...minimalValues(one), 'return-url': 'https://a.example/x?y=1,2' });
  expect(privileges).toContain('returnUrl:https%3A%2F%2Fa.example%2Fx%3Fy%3D1%2C2');
});

test('every recipe names the source of its facts', () => {
  for (const one of RECIPES) {
    const text = recipeSource(one);
    expect(text).toMatch(/^\S.*\. [A-Z].*\.$/);
    const guides = /guides? ([A-Z_, and]+) \(/.exec(text)?.[1]?.split(/, | and /) ?? [];
    for (const name of guides) expect([one.id, name, FACTS.includes(name)]).toEqual([one.id, name, true]);
    expect(text).not.toContain('docs/');
  }
});

test('suggests the recipes whose ID contains a word', () => {
  expect(similarRecipes('recorder')).toEqual(['express-recorder']);
  expect(similarRecipes('genie')).toContain('genie-widget');
  expect(similarRecipes('player')).toContain('play-entry');
  expect(similarRecipes('foobar')).toEqual([]);
});

test('suggests a recipe for a misspelled ID', () => {
  expect(similarRecipes('play-entri')[0]).toBe('play-entry');
  expect(findRecipe('nothing-like-it')).toBeUndefined();
});

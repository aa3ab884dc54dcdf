import { expect, test } from 'vitest';
import { REGION_IDS, serviceUrlAt } from '../../../source/kaltura/accounts/regions.js';
import {
  type NextContext,
  type NextStep,
  nextStep,
  textWithKey,
  textWithoutKey,
} from '../../../source/kaltura/recipes/next.js';
import { PLACEHOLDERS, type PlaceholderValues } from '../../../source/kaltura/recipes/placeholders.js';
import { RECIPES } from '../../../source/kaltura/recipes/recipes.js';
import { SNIPPET_LANGUAGES } from '../../../source/kaltura/snippets/snippets.js';
import { exampleValues, minimalValues, recipe } from './examples.js';

const context = (given: Partial<NextContext> = {}): NextContext => {
  const region = given.region ?? 'us';
  const serviceUrl = serviceUrlAt({ region, address: 'https://video.example.com' }, null);
  return { region, serviceUrl, partnerId: 2345678, ksVersion: 2, profile: 'prod', ...given };
};

function stepOf(id: string, given: Partial<NextContext> = {}, values?: PlaceholderValues): NextStep {
  const one = recipe(id);
  const result = nextStep(one, values ?? minimalValues(one), context(given));
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.step;
}

const KEY = 'djJ8MjM0NTY3OHxhYmM_-w==';

test.each(REGION_IDS)('every step is complete in region %s', (region) => {
  for (const one of RECIPES) {
    for (const values of [minimalValues(one), exampleValues(one)]) {
      const result = nextStep(one, values, context({ region }));
      if (!result.ok) {
        expect([one.id, region, result.problem.kind]).toEqual([one.id, 'own', 'no-service']);
        continue;
      }
      const { step } = result;
      for (const text of [textWithoutKey(step), textWithKey(step, KEY)]) {
        expect([one.id, /\{\{|undefined/.test(text)]).toEqual([one.id, false]);
      }
      expect(textWithKey(step, KEY) === textWithoutKey(step)).toBe(!step.containsKey);
      expect([one.id, step.containsKey]).toEqual([one.id, ['path', 'query', 'config'].includes(one.placement)]);
      if (step.kind === 'link') expect(URL.canParse(textWithKey(step, KEY))).toBe(true);
      for (const note of step.notes) expect(note).toMatch(/\.$/);
    }
  }
});

test('the key is percent-encoded in a link, and unchanged in a page', () => {
  expect(textWithKey(stepOf('meeting-attendee'), KEY)).toBe(
    'https://2345678.kaf.kaltura.com/virtualEvent/launch?ks=djJ8MjM0NTY3OHxhYmM_-w%3D%3D',
  );
  expect(textWithKey(stepOf('kaf-my-media', {}, { role: 'viewerRole', kaf: 'media.example.edu' }), KEY)).toBe(
    'https://media.example.edu/hosted/index/my-media/ks/djJ8MjM0NTY3OHxhYmM_-w%3D%3D',
  );
  expect(textWithKey(stepOf('express-recorder'), KEY)).toContain(`ks: '${KEY}'`);
  expect(textWithKey(stepOf('play-entry'), KEY)).toContain('&ks=djJ8MjM0NTY3OHxhYmM_-w%3D%3D&entry_id=0_abc12345"');
});

test('a version 1 key is never in a path', () => {
  for (const one of RECIPES) {
    const result = nextStep(one, minimalValues(one), context({ ksVersion: 1 }));
    expect([one.id, result.ok]).toEqual([one.id, one.placement !== 'path']);
  }
});

test('uses the hosts of the region', () => {
  expect(stepOf('genie-api', { region: 'de' }).template).toContain('https://genie.frp2.ovp.kaltura.com/mcp/search');
  expect(stepOf('genie-api', { region: 'de' }).notes.join(' ')).toContain('naming rule');
  expect(stepOf('gamification', { region: 'sg' }).notes).toEqual(['Replace PATH with your own value.']);
  expect(stepOf('upload', { region: 'ca' }).template).toContain(
    'https://api.ca.kaltura.com/api_v3/service/uploadToken',
  );
  expect(stepOf('kmc-login', { region: 'ca' }).template).toContain('https://kmc.cap2.ovp.kaltura.com/');
  expect(stepOf('play-entry', { region: 'us' }).template).toContain('https://cdnapisec.kaltura.com/p/2345678/');
  expect(nextStep(recipe('genie-api'), minimalValues(recipe('genie-api')), context({ region: 'own' }))).toEqual({
    ok: false,
    problem: { kind: 'no-service', service: 'genie' },
  });
});

test('uses the header that the service reads', () => {
  expect(stepOf('events-platform').template).toContain('Authorization: Bearer %s');
  expect(stepOf('auth-broker').template).toContain('Authorization: KS %s');
});

test('in practice, pages and links are examples with the hosts of the US region', () => {
  for (const one of RECIPES) {
    const inPractice = stepOf(one.id, { region: 'practice', serviceUrl: 'http://127.0.0.1:47102' });
    const inUs = stepOf(one.id, { region: 'us' });
    expect([one.id, inUs.isExample]).toEqual([one.id, false]);
    if (inPractice.isExample) expect(inPractice.template).toBe(inUs.template);
    else expect(inPractice.template).not.toMatch(/kaltura\.com/);
  }
  expect(stepOf('kaf-gallery', { region: 'practice' }).isExample).toBe(true);
  expect(stepOf('categories', { region: 'practice' }).isExample).toBe(false);
});

test('the flags of exec come before the command', () => {
  const execFlags = ['--recipe', 'script', '--user', 'it’s me'];
  expect(stepOf('script', { execFlags }).template).toMatch(
    /^kaltura-ks exec prod --recipe script --user 'it’s me' -- node/,
  );
  expect(
    JSON.parse(stepOf('mcp-events', { execFlags }).template).mcpServers['kaltura-events'].args.slice(1, 7),
  ).toEqual(['prod', ...execFlags, '--no-input']);
});

test('the configuration of an MCP client contains neither a key nor a secret', () => {
  const step = stepOf('mcp-events', { region: 'eu' });
  expect(step.containsKey).toBe(false);
  expect(JSON.parse(step.template)).toEqual({
    mcpServers: {
      'kaltura-events': {
        command: 'kaltura-ks',
        args: [
          ...['exec', 'prod', '--no-input', '--', 'docker', 'run', '-i', '--rm', '-e', 'KALTURA_KS', '-e'],
          ...['KALTURA_ENV', 'ghcr.io/kaltura/mcp-events:latest'],
        ],
        env: { KALTURA_ENV: 'EU' },
      },
    },
  });
  const general = JSON.parse(stepOf('mcp-server', {}, { server: 'npx "my server"' }).template);
  expect(general.mcpServers.kaltura.args.slice(4)).toEqual(['npx', '"my', 'server"']);
});

test('a value cannot break out of a page or a command', () => {
  const page = stepOf('express-recorder', {}, { player: '1', app: "a'</script><script>alert(1)//" }).template;
  expect(page).not.toContain("'</script>");
  expect(page.match(/<script/g)).toHaveLength(2);
  const command = stepOf('access-rule', {}, { entry: "0_a'$(id)" }).template;
  expect(command).toContain(`'entryId=0_a'\\''$(id)'`);
});

test('the URL of a self-hosted server cannot break out of a page or a link', () => {
  const own = { region: 'own', serviceUrl: "https://video.example.com/a'b&c" } as const;
  const page = stepOf('express-recorder', own, { player: '1' }).template;
  expect(page).toContain("serviceUrl: 'https://video.example.com/a%27b%26c/api_v3'");
  expect(page).toContain('src="https://video.example.com/a%27b%26c/apps/');
  const link = stepOf('captions-editor', own).template;
  expect(link).toContain('&serviceurl=https://video.example.com/a%27b%26c&');
});

test('a value in a URL is percent-encoded, also in a page', () => {
  const values = { entry: `0_a"&'<b>` };
  const page = stepOf('play-entry', {}, { ...values, player: '1' }).template;
  expect(page).toContain('&entry_id=0_a%22%26%27%3Cb%3E"');
  expect(stepOf('preview-link', {}, { ...values, player: '1' }).template).toContain('/0_a%22%26%27%3Cb%3E/');
});

test('without a player number, the page has a placeholder, and a note names it', () => {
  const { template, notes } = stepOf('play-entry', {}, { entry: '0_abc12345' });
  expect(template).toContain('/uiconf_id/PLAYER_NUMBER?');
  expect(notes).toEqual(['Replace PLAYER_NUMBER with your own value.']);
});

test('every value of a link is in a part that is percent-encoded', () => {
  for (const { id, next } of RECIPES) {
    if (next.kind !== 'link' && next.kind !== 'header') continue;
    const values = [...next.url.matchAll(/(.?)\{\{([a-z-]+)/g)].filter(([, , name = '']) => name in PLACEHOLDERS);
    for (const [, before, name] of values) {
      if (name !== 'kaf') expect([id, name, before]).toEqual([id, name, expect.stringMatching(/[=/&]/)]);
    }
  }
});

test('no recipe ID is a language or its alias', () => {
  const languages: readonly string[] = [...SNIPPET_LANGUAGES, 'js', 'ts', 'py'];
  expect(RECIPES.filter(({ id }) => languages.includes(id))).toEqual([]);
});

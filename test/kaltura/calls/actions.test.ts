import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isActionName, isReadingAction, isReadingCall, KNOWN_ACTIONS } from '../../../source/kaltura/calls/actions.js';

describe('an action only reads', () => {
  test.each([
    'media.get',
    'media.list',
    'MEDIA.LIST',
    'baseEntry.count',
    'baseEntry.getContextData',
    'baseentry.getcontextdata',
    'system.ping',
    'system.getTime',
    'system.gettime',
    'report.getTable',
    'eSearch.searchEntry',
    'caption_captionAsset.serve',
    'liveStream.isLive',
    'partner.listPartnersForUser',
  ])('%s', (action) => expect(isReadingAction(action)).toBe(true));
});

describe('an action counts as writing', () => {
  test.each([
    'media.add',
    'media.delete',
    'media.update',
    'session.end',
    'session.start',
    'appToken.startSession',
    'baseEntry.flag',
    'stats.collect',
    // Words that only start like a reading verb.
    'x.getaway',
    'x.listen',
    'x.counter',
    'x.issue',
    'x.isolate',
    'x.getexclusivejobs',
    'batch.getExclusiveJobs',
    // Unknown.
    'x.frobnicate',
    'x.y',
    'getThing.remove',
    // No word boundary after the reading verb.
    'baseEntry.get_delete',
    'baseEntry.listX',
    'baseEntry.list2',
    'baseEntry.getX_delete',
    'list.clear',
  ])('%s', (action) => expect(isReadingAction(action)).toBe(false));
});

describe('a call of several actions', () => {
  const reading = { '1[service]': 'media', '1[action]': 'list', '2:service': 'system', '2:action': 'ping' };

  test.each(['multirequest.null', 'multirequest.list', 'MultiRequest.get', 'media.list'])(
    '%s only reads if all its actions only read',
    (action) => {
      expect(isReadingCall(action, reading)).toBe(true);
      expect(isReadingCall(action, { ...reading, '2:action': 'delete' })).toBe(false);
      expect(isReadingCall(action, { ...reading, '3[Service]': 'media', '3[action]': 'delete' })).toBe(false);
    },
  );

  test.each<[parameters: Record<string, string>]>([
    [{}],
    [{ '1[service]': 'media' }],
    [{ '1[service]': 'media', '1[action]': '{2:result}' }],
    [{ '1[service]': 'media', '1[action]': 'list', '1:action': 'delete' }],
    [{ '1[service]': 'multirequest', '1[action]': 'list' }],
  ])('with %j counts as writing', (parameters) => {
    expect(isReadingCall('multirequest.list', parameters)).toBe(false);
  });

  test('does not turn a writing action into a reading one', () => {
    expect(isReadingCall('media.delete', reading)).toBe(false);
  });
});

test('every known action is in the facts, and is a valid name', () => {
  const facts = ['kaltura-facts', 'kaltura-products']
    .map((name) => readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8'))
    .join();
  expect(KNOWN_ACTIONS.filter((action) => !isActionName(action))).toEqual([]);
  // The facts have one in a list: "appToken.add / update / delete".
  const isNamed = (action: string) => facts.includes(action) || action === 'appToken.delete';
  expect(KNOWN_ACTIONS.filter((action) => !isNamed(action))).toEqual([]);
});

test.each(['', 'media', 'media.', '.list', 'media.list.x', 'media/list.x', '../x.y', 'media.li st', '1.list'])(
  '%j is not a valid name of an action',
  (text) => expect(isActionName(text)).toBe(false),
);

import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../source/kaltura/api/client.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { type ContentId, lookUp, readContentId } from '../../../source/kaltura/sessions/content-lookup.js';
import { createRecordedHttp, recording } from '../api/recorded-http.js';

const entry = (id: string): ContentId => ({ kind: 'entry', id });
const category = (id: string): ContentId => ({ kind: 'category', id });

describe('a typed ID', () => {
  test.each<[string, ContentId]>([
    ['0_abcdefgh', entry('0_abcdefgh')],
    ['  1_ab12cd34\n', entry('1_ab12cd34')],
    ['123456', category('123456')],
    ['https://kmc.kaltura.com/index.php/kmcng/content/entries/entry/0_ab12cd34/metadata', entry('0_ab12cd34')],
    ['https://kmc.kaltura.com/index.php/kmcng/content/categories/category/98765/metadata', category('98765')],
    ['https://video.example.edu/media/t/1_ab12cd34', entry('1_ab12cd34')],
    ['https://video.example.edu/media/A+talk+on+2_things/1_ab12cd34/556677', entry('1_ab12cd34')],
    ['https://video.example.edu/channel/Physics+101/556677', category('556677')],
    ['https://video.example.edu/category/Physics%3E2024/556677', category('556677')],
    ['https://cdnapisec.kaltura.com/p/102/sp/10200/playManifest/entryId/0_ab12cd34/format/url', entry('0_ab12cd34')],
    ['https://x.test/p/102/embedIframeJs/uiconf_id/1?entry_id=0_ab12cd34&iframeembed=true', entry('0_ab12cd34')],
    ['https://x.test/api_v3/?service=category&action=get&category_id=77', category('77')],
  ])('is found in %s', (typed, id) => {
    expect(readContentId(typed)).toMatchObject({ id, problem: null, warning: null });
  });

  test.each([['0_ABCDEFGH'], ['abc12345'], ['0_abc']])('%s is accepted with a warning', (typed) => {
    const { id, warning, problem } = readContentId(typed);
    expect(id).toEqual(entry(typed));
    expect(problem).toBeNull();
    expect(warning).toContain('0_abc12345');
  });

  test.each([
    [''],
    ['0'],
    ['two words'],
    ['https://kmc.kaltura.com/index.php/kmcng/content'],
    ['0_abc\u001b[2J'],
    ['a;b'],
  ])('%j is refused', (typed) => {
    const { id, problem } = readContentId(typed);
    expect(id).toBeNull();
    expect(problem).toMatch(/\.$/);
  });

  test('a single question mark is not called a URL', () => {
    expect(readContentId('?').problem).toContain('An entry ID looks like');
  });

  test('has the requested kind', () => {
    expect(readContentId('12345', 'entry')).toMatchObject({ id: entry('12345'), warning: expect.any(String) });
    expect(readContentId('0_abcdefgh', 'category').problem).toContain('whole number');
    const both = 'https://video.example.edu/category/Talks/5566/entryid/0_abcdefgh';
    expect(readContentId(both, 'category').id).toEqual(category('5566'));
    expect(readContentId(both).id).toEqual(entry('0_abcdefgh'));
  });
});

describe('the lookup with a key', () => {
  test.each<[string, ContentId, object]>([
    ['0002-p110-ADMIN_none-category.get-hidden', category('18'), { found: false }],
    ['0005-p110-ADMIN_none-category.get-plain', category('21'), { found: true, name: 'Plain' }],
    ['0006-p110-ADMIN_none-baseEntry.get-eHidden', entry('0_3x91ukyq'), { found: false }],
    [
      '0019-p110-ADMIN_disableentitlement_-baseEntry.get-eHidden',
      entry('0_3x91ukyq'),
      { found: true, name: 'eHidden' },
    ],
    ['356-baseentry-get-unknown', entry('0_nosuch'), { found: false }],
  ])('reads the recorded answer %s', async (name, id, expected) => {
    const { http, assertAllUsed } = createRecordedHttp([{ name }]);
    const ks = new Secret(recording(name).form['ks'] ?? '');
    expect(await lookUp('https://kaltura.test', ks, id, { http })).toEqual(expected);
    assertAllUsed();
  });

  test('rejects if the key is refused or has no permission', async () => {
    for (const name of ['2315-p102-category.get-USER-setrole-3', '2321-p102-category.get-ADMIN-setrole-3']) {
      const { http } = createRecordedHttp([{ name }]);
      const ks = new Secret(recording(name).form['ks'] ?? '');
      await expect(lookUp('https://kaltura.test', ks, category('1'), { http })).rejects.toThrow(ApiError);
    }
  });

  test('sanitizes the name of the content, and hides the key in it', async () => {
    const ks = new Secret(recording('0002').form['ks'] ?? '');
    const body = JSON.stringify({ id: 1, name: `a\u001b[31m\nb ${ks.reveal()}` });
    const http = async () => ({ status: 200, headers: {}, body });
    const found = await lookUp('https://kaltura.test', ks, category('1'), { http });
    expect(found).toMatchObject({ found: true, name: expect.stringMatching(/^a\[31m b /) });
    expect(JSON.stringify(found)).not.toContain(ks.reveal());
  });

  test('hides other secrets in the name, but not a hash', async () => {
    const secret = new Secret('0123456789abcdef0123456789abcdef');
    const hash = 'fedcba9876543210'.repeat(2);
    const body = JSON.stringify({ id: 1, name: `${secret.reveal().split('').join('\u200B')} ${hash}` });
    const http = async () => ({ status: 200, headers: {}, body });
    const found = await lookUp('https://kaltura.test', new Secret('ks-of-some-length'), category('1'), {
      http,
      secrets: [secret],
    });
    expect(found).toEqual({ found: true, name: `•••• ${hash}` });
  });

  test.each([['true'], ['[]'], ['{"name":"x"}']])('refuses the answer %s', async (body) => {
    const http = async () => ({ status: 200, headers: {}, body });
    await expect(lookUp('https://kaltura.test', new Secret('x'), category('1'), { http })).rejects.toMatchObject({
      what: 'wrong-shape',
    });
  });
});

import { expect, test } from 'vitest';
import { createNodeRuntime, type Host } from '../../../source/platform/node-runtime.js';
import { collecting } from '../../fake-runtime.js';

const TEXT = 'In KMC: https://www.kaltura.com/api_v3/testme/\n';
const PAGE = '\x1b]8;;https://www.kaltura.com/api_v3/testme/\x07https://www.kaltura.com/api_v3/testme/\x1b]8;;\x07';
const KMC = '\x1b]8;;https://kmc.kaltura.com/index.php/kmcng\x07KMC\x1b]8;;\x07';

function written(isTTY: boolean, serviceUrl: string, force = '1') {
  const [stdout, stderr] = [collecting(isTTY), collecting(isTTY)];
  const env = { FORCE_HYPERLINK: force, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const host = { env, platform: process.platform, stdout: stdout.stream, stderr: stderr.stream };
  const runtime = createNodeRuntime('1.2.3', host as unknown as Host);
  runtime.linkPagesOf(serviceUrl);
  runtime.stdout.write(TEXT);
  runtime.stderr.write(TEXT);
  return [stdout.text(), stderr.text()];
}

test('a terminal with hyperlinks gets links for URLs, and on standard error for pages of the server', () => {
  expect(written(true, 'https://www.kaltura.com')).toEqual([`In KMC: ${PAGE}\n`, `In ${KMC}: ${PAGE}\n`]);
});

test('the practice server has no pages', () => {
  expect(written(true, 'http://127.0.0.1:47102')[1]).toBe(`In KMC: ${PAGE}\n`);
});

test('pipes, and terminals without hyperlinks, get the text unchanged', () => {
  expect(written(false, 'https://www.kaltura.com')).toEqual([TEXT, TEXT]);
  expect(written(true, 'https://www.kaltura.com', '0')).toEqual([TEXT, TEXT]);
});

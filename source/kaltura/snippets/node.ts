import { type SnippetBody, type SnippetTask, singleQuote } from './snippet.js';

/**
 * Writes a snippet for Kaltura's own client. By default, this client logs the key to standard output and uses plain
 * http, so the snippet changes both (docs/kaltura-facts.md 8).
 */
export function nodeSnippet({ serviceUrl, call }: SnippetTask): SnippetBody {
  const request = call.isList ? 'listAction(null, pager)' : `${call.action}()`;
  return {
    fileName: 'kaltura-call.mjs',
    install: 'npm install kaltura-client',
    run: 'node kaltura-call.mjs',
    lines: [
      `// Asks Kaltura ${call.does}. Changes nothing.`,
      '// The key is taken from the variable KALTURA_KS. First: npm install kaltura-client',
      "import kaltura from 'kaltura-client';",
      '',
      "const ks = (process.env.KALTURA_KS ?? '').trim();",
      "if (ks === '') {",
      "  console.error('KALTURA_KS is not set: put the key into it.');",
      '  process.exit(1);',
      '}',
      '',
      'const config = new kaltura.Configuration();',
      "// Always set it: the client's own URL uses http.",
      `config.serviceUrl = ${singleQuote(serviceUrl)};`,
      "// The client's own log would print the key.",
      'config.setLogger(null);',
      '',
      'const client = new kaltura.Client(config);',
      'client.setKs(ks);',
      '',
      'try {',
      ...(call.isList ? ['  const pager = new kaltura.objects.FilterPager({ pageSize: 1 });'] : []),
      `  const answer = await kaltura.services.${call.service}.${request}.execute(client);`,
      call.isList ? "  if (typeof answer !== 'object' || answer === null) {" : "  if (typeof answer !== 'number') {",
      "    throw new Error('This is not an answer from Kaltura: check the URL.');",
      '  }',
      '  console.log(JSON.stringify(answer, null, 2));',
      '} catch (error) {',
      '  // Never print the error itself: it may hold the request, and with it the key.',
      "  const code = error?.code === undefined ? '' : error.code + ': ';",
      "  const text = 'Failed: ' + code + (error?.message ?? 'unknown reason');",
      "  console.error(text.replaceAll(ks, '...'));",
      '  process.exitCode = 1;',
      '}',
    ],
    notes: [
      'It needs Node 15 or newer. From an .env file (Node 20.6 or newer): node --env-file=.env kaltura-call.mjs',
      `Its serviceUrl is ${serviceUrl} without /api_v3. For TypeScript there is kaltura-typescript-client.`,
    ],
  };
}

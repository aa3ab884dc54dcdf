import { type SnippetBody, type SnippetTask, shellQuote, urlOfCall } from './snippet.js';

/**
 * Writes a snippet for sh. curl gets the key through a pipe, because `ps` shows arguments to every user of the
 * computer; printf is built into the shell, so its arguments stay hidden. `--data-urlencode ks@-` encodes the key,
 * because a version 1 key can contain a `+` (docs/kaltura-facts.md 1.2).
 */
export function curlSnippet(task: SnippetTask): SnippetBody {
  const { call } = task;
  return {
    fileName: 'kaltura-call.sh',
    install: null,
    run: 'sh kaltura-call.sh',
    lines: [
      '#!/bin/sh',
      `# Asks Kaltura ${call.does}. Changes nothing.`,
      '# The key is taken from the variable KALTURA_KS.',
      '',
      'if [ -z "$KALTURA_KS" ]; then',
      "  echo 'KALTURA_KS is not set: put the key into it.' >&2",
      '  exit 1',
      'fi',
      '',
      '# Through a pipe: others on this computer can see the arguments of a program.',
      'answer=$(',
      `  printf '%s' "$KALTURA_KS" |`,
      '    curl --silent --show-error --fail --globoff --max-time 30 \\',
      '      --data-urlencode ks@- \\',
      '      --data format=1 \\',
      ...(call.pageSize === null ? [] : [`      --data 'pager[pageSize]=${call.pageSize}' \\`]),
      `      ${shellQuote(urlOfCall(task))}`,
      ') || exit 1',
      '',
      '# An error of Kaltura has the HTTP status 200 as well: only the answer tells.',
      'case $answer in',
      `  *'"objectType":"KalturaAPIException"'*)`,
      `    code=\${answer#*'"code":"'}`,
      `    echo "Kaltura refused: \${code%%'"'*}" >&2`,
      '    exit 1',
      '    ;;',
      call.answer === 'object' ? "  '{'*) ;;" : '  [0-9]*) ;;',
      '  *)',
      "    echo 'This is not an answer of Kaltura: look at the address.' >&2",
      '    exit 1',
      '    ;;',
      'esac',
      '',
      `printf '%s\\n' "$answer"`,
    ],
    notes: [
      'It is for sh (Linux, macOS, WSL, Git Bash). It shows the code of an error alone: a message may repeat the key.',
    ],
  };
}

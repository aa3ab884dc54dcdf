import { type SnippetBody, type SnippetTask, shellQuote, urlOfCall } from './snippet.js';

/**
 * Writes a snippet for sh, bash and zsh. It also works pasted into one of them, so it has no comments (an interactive zsh
 * runs them) and the brackets keep `exit` from closing the terminal. curl gets the key through a pipe, because `ps` shows
 * arguments to every user of the computer; printf is built into the shell, so its arguments stay hidden.
 * `--data-urlencode ks@-` encodes the key, because a version 1 key can contain a `+` (docs/kaltura-facts.md 1.2).
 */
export function curlSnippet(task: SnippetTask): SnippetBody {
  const { call } = task;
  return {
    fileName: 'kaltura-call.sh',
    run: 'sh kaltura-call.sh',
    lines: [
      '(',
      `  if [ -z "\${KALTURA_KS:-}" ]; then`,
      "    echo 'KALTURA_KS is not set: put the key into it.' >&2",
      '    exit 1',
      '  fi',
      '  answer=$(',
      `    printf '%s' "$KALTURA_KS" |`,
      '      curl --silent --show-error --fail --globoff --max-time 30 \\',
      '        --data-urlencode ks@- \\',
      '        --data format=1 \\',
      ...(call.isList ? ["        --data 'pager[pageSize]=1' \\"] : []),
      `        ${shellQuote(urlOfCall(task))}`,
      '  ) || exit 1',
      '  case $answer in',
      `    *'"objectType":"KalturaAPIException"'*)`,
      `      code=\${answer#*'"code":"'}`,
      `      code=\${code%%'"'*}`,
      `      printf 'Kaltura refused: %s\\n' "$code" >&2`,
      '      exit 1',
      '      ;;',
      call.isList ? "    '{'*) ;;" : '    [0-9]*) ;;',
      '    *)',
      "      echo 'This is not an answer from Kaltura: check the URL.' >&2",
      '      exit 1',
      '      ;;',
      '  esac',
      `  printf '%s\\n' "$answer"`,
      ')',
    ],
    notes: [
      `Works in sh, bash and zsh (Linux, macOS, WSL, Git Bash), as a file or pasted. The script asks Kaltura ${call.does}. It prints only the code of an error, because the message may contain the key.`,
    ],
  };
}

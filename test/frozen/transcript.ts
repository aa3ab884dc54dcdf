/**
 * A transcript contains cases, each with its commands and their results:
 *
 *     ## title
 *     @directive value       prepares the case, before its first command
 *     $ kaltura-ks …         a command; the indented lines below it are recorded
 *       out   …              a line of standard output
 *       err   …              a line of standard error
 *       exit  0
 *       sent  POST …         a request that the command sent
 *
 * Lines before the first case are a comment. `README.md` lists the directives.
 */
export interface Case {
  readonly title: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly kind: 'directive' | 'command' | 'comment';
  readonly text: string;
}

export interface Transcript {
  readonly head: string;
  readonly cases: readonly Case[];
}

export function parseTranscript(text: string): Transcript {
  const [head = '', ...sections] = text.split(/^## /m);
  return {
    head: head.trimEnd(),
    cases: sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title: title.trim(), steps: lines.flatMap(stepOf) };
    }),
  };
}

function stepOf(line: string): Step[] {
  if (line.startsWith('@')) return [{ kind: 'directive', text: line.slice(1) }];
  if (line.startsWith('$ ')) return [{ kind: 'command', text: line.slice(2) }];
  return line.startsWith('# ') ? [{ kind: 'comment', text: line.slice(2) }] : [];
}

/** Returns the text of each case in the file by its title. Runs are compared with this text. */
export function caseTexts(text: string): ReadonlyMap<string, string> {
  const sections = text.split(/^## /m).slice(1);
  return new Map(sections.map((section) => [section.split('\n')[0]?.trim() ?? '', `## ${section.trimEnd()}\n`]));
}

/** Formats a case with its results. `results` has the recorded lines of each command, in order. */
export function formatCase({ title, steps }: Case, results: readonly (readonly string[])[]): string {
  const waiting = [...results];
  const lines = steps.flatMap(({ kind, text }) => {
    if (kind === 'directive') return [`@${text}`];
    if (kind === 'comment') return [`# ${text}`];
    return [`$ ${text}`, ...(waiting.shift() ?? []).map((line) => `  ${line}`.trimEnd())];
  });
  return `## ${[title, ...lines].join('\n')}\n`;
}

export const formatTranscript = (head: string, cases: readonly string[]): string =>
  `${[head, ...cases].map((part) => part.trimEnd()).join('\n\n')}\n`;

/** Splits a command into words at spaces, with single and double quotes as in a shell. No other character is special. */
export function splitWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

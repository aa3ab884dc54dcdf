import { SNIPPET_LABELS, type Snippet, type SnippetLanguage } from '../kaltura/snippets/snippets.js';
import type { EnvFileState, EnvFileWriteResult, GitStatus } from '../profiles/env-file.js';
import { terminalLine } from '../terminal/text.js';
import type { Paragraph } from './paragraph.js';

const plain = (text: string): Paragraph => ({ tone: 'plain', text });
const caution = (text: string): Paragraph => ({ tone: 'caution', text });
const danger = (text: string): Paragraph => ({ tone: 'danger', text });

const HINTS: Readonly<Record<SnippetLanguage, string>> = {
  curl: 'for sh: Linux, macOS, Git Bash',
  php: 'with what PHP brings along',
  python: 'with what Python brings along',
  node: 'with the library kaltura-client',
  java: 'with what Java 11 brings along',
  csharp: 'with what .NET brings along',
  powershell: 'PowerShell 7 or Windows PowerShell 5.1',
  testme: 'Kaltura’s own page for trying calls, in a browser',
};

export const languageLabel = (language: SnippetLanguage): string => SNIPPET_LABELS[language];

export const languageHint = (language: SnippetLanguage): string => HINTS[language];

/** The code as it is saved or copied, without the last line end. */
export const snippetText = ({ lines }: Snippet): string => lines.join('\n');

/**
 * What to do with the code, and what is worth knowing.
 *
 * @param run how it is run with the key, where that is known better
 */
export function snippetParagraphs({ fileName, install, run: bare, notes }: Snippet, run = bare): Paragraph[] {
  const steps = [
    fileName === null ? null : `Save as: ${fileName}`,
    install === null ? null : `Install: ${install}`,
    run === null ? null : `Run:     ${run}`,
  ];
  return [
    ...steps.filter((step) => step !== null).map(plain),
    ...notes.map((text): Paragraph => ({ tone: 'dim', text })),
  ];
}

/** The same for a screen, where how it is run has a place of its own. */
export const snippetAdvice = (snippet: Snippet): readonly Paragraph[] => snippetParagraphs({ ...snippet, run: null });

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** The line of `.gitignore` that means this file and no other name: signs of a pattern lose their meaning. */
export const gitignoreLine = ({ target }: Pick<EnvFileState, 'target'>): string =>
  terminalLine(
    nameOf(target).replaceAll(/[\\*?[\]]|^[#!]| +$/g, (signs) => [...signs].map((sign) => `\\${sign}`).join('')),
  );

/** Whether the key may get to others by this file: git would carry it there, or a link chose the file. */
export const isRiskyFile = ({ git, leadsAway }: Pick<EnvFileState, 'git' | 'leadsAway'>): boolean =>
  leadsAway || git === 'tracked' || git === 'would-be-committed';

/** What makes a risky file a usual one, as a part of a sentence. */
export function fileRemedy(state: EnvFileState): string {
  if (state.git === 'tracked') return 'Take the file out of git';
  if (state.git === 'would-be-committed') return `Add the line ${gitignoreLine(state)} to .gitignore`;
  return 'Name the file itself that is meant';
}

function linkParagraphs({ isLink, leadsAway, target }: EnvFileState): Paragraph[] {
  if (!isLink) return [];
  const text = `It is a link: what is written is ${terminalLine(target)}`;
  if (!leadsAway) return [plain(text)];
  return [danger(`${text}. That is outside of the folder that the link lies in: whoever made the link chose it.`)];
}

function gitParagraphs(state: EnvFileState): Paragraph[] {
  const line = gitignoreLine(state);
  const texts: Readonly<Record<GitStatus, Paragraph[]>> = {
    'would-be-committed': [
      danger(
        `git would commit this file, and the key with it: whoever gets the repository could use it. Add this line to .gitignore first: ${line}`,
      ),
    ],
    tracked: [
      danger(
        `git tracks this file: the next commit would carry the key to whoever gets the repository. Take it out first (git rm --cached on it), and add this line to .gitignore: ${line}`,
      ),
    ],
    unknown: [
      caution(
        `It lies in a git repository, and git could not be asked about it. See to it that .gitignore has this line: ${line}`,
      ),
    ],
    ignored: [plain('git ignores the file, so it is not committed by accident.')],
    'no-repository': [],
  };
  return texts[state.git];
}

function changeText({ exists, hasKey }: EnvFileState): string {
  if (!exists) return 'The file is made, for your user alone, with the one line KALTURA_KS=…';
  const what = hasKey ? 'The key in its line KALTURA_KS= is replaced.' : 'It gets the key in its line KALTURA_KS=…';
  return `${what} Every other line stays as it is.`;
}

/** What will happen to the file, and what speaks against it: said before anything is written. */
export function envFileParagraphs(state: EnvFileState): Paragraph[] {
  if (state.problem !== null) return [danger(`${terminalLine(state.path)} cannot be written: ${state.problem}.`)];
  return [
    plain(changeText(state)),
    ...linkParagraphs(state),
    ...(state.isOpenToOthers
      ? [caution('Others on this computer may read it now. They may not any more, once it holds the key.')]
      : []),
    ...gitParagraphs(state),
  ];
}

type Written = Extract<EnvFileWriteResult, { ok: true }>;

const OUTCOMES: Readonly<Record<Written['outcome'], (file: string) => string>> = {
  created: (file) => `KALTURA_KS is in ${file}, a new file for your user alone.`,
  added: (file) => `KALTURA_KS is in ${file}, in a new line at its end.`,
  updated: (file) => `KALTURA_KS in ${file} is the new key.`,
  unchanged: (file) => `KALTURA_KS in ${file} was this key already.`,
};

function idleText(count: number): string {
  if (count === 0) return '';
  return ` It sets KALTURA_KS in ${count === 1 ? 'another line' : `${count} other lines`} before that, which no longer counts: delete what you do not need.`;
}

const ACCESS: Readonly<Record<Written['access'], string>> = {
  private: '',
  closed: ' Others on this computer could read the file; now they cannot.',
  exposed: ' Others on this computer can read the file: the disk that it is on keeps no rights.',
};

/** What became of the file: whole sentences, in one line. */
export function envWrittenText(writing: EnvFileWriteResult): string {
  const path = terminalLine(writing.path);
  if (!writing.ok) return `${path} cannot be written: ${writing.why}. It is as it was.`;
  const file = writing.target === writing.path ? path : `${path} (a link to ${terminalLine(writing.target)})`;
  return `${OUTCOMES[writing.outcome](file)}${ACCESS[writing.access]}${idleText(writing.idleLines)}`;
}

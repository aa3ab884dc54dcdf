import { quoteIfNeeded } from '../kaltura/snippets/snippet.js';
import { SNIPPET_LABELS, type Snippet, type SnippetLanguage } from '../kaltura/snippets/snippets.js';
import type { EnvFileState, EnvFileWriteResult, GitStatus } from '../profiles/env-file.js';
import { terminalLine } from '../terminal/text.js';
import { caution, danger, type Paragraph, plain } from './paragraph.js';

const HINTS: Readonly<Record<SnippetLanguage, string>> = {
  curl: 'for sh: Linux, macOS, Git Bash',
  php: 'with PHP’s built-in functions',
  python: 'with Python’s built-in modules',
  node: 'with the library kaltura-client',
  java: 'with Java 11’s built-in classes',
  csharp: 'with .NET’s built-in classes',
  powershell: 'PowerShell 7 or Windows PowerShell 5.1',
  testme: 'Kaltura’s page for trying API calls in a browser',
};

export const languageLabel = (language: SnippetLanguage): string => SNIPPET_LABELS[language];

export const languageHint = (language: SnippetLanguage): string => HINTS[language];

/** Returns the code as it is saved or copied, without the last line end. */
export const snippetText = ({ lines }: Snippet): string => lines.join('\n');

/**
 * Says how to save, install and run the code, and what to know about it.
 *
 * @param run the command that runs the code; default: the snippet's own, which needs KALTURA_KS
 */
export function snippetParagraphs({ language, fileName, install, run: bare, notes }: Snippet, run = bare): Paragraph[] {
  const steps = [
    fileName === null ? null : `Save as: ${fileName}`,
    install === null ? null : `Install: ${install}`,
    run === null || run !== bare ? null : `Set key: ${setVariableText(language).text}`,
    run === null ? null : `Run:     ${run}`,
  ];
  return [
    ...steps.filter((step) => step !== null).map(plain),
    ...notes.map((text): Paragraph => ({ tone: 'dim', text })),
  ];
}

/** Says how to set the variable that the code reads without saving the key in the shell's history. `read -s` needs bash or zsh. */
export function setVariableText(language: SnippetLanguage = 'curl'): { readonly shell: string; readonly text: string } {
  return language === 'powershell'
    ? { shell: 'PowerShell', text: '$env:KALTURA_KS = Read-Host (then paste, Enter)' }
    : { shell: 'bash or zsh', text: 'read -rs KALTURA_KS; export KALTURA_KS (then paste, Enter)' };
}

export const SET_VARIABLE_HELP =
  'To set KALTURA_KS in bash or zsh, enter read -rs KALTURA_KS; export KALTURA_KS, paste the key and press Enter. The key is not shown, and doesn’t get into the history of the shell. In PowerShell, enter $env:KALTURA_KS = Read-Host instead. There, the key is visible while you paste it.';

/** Lists the steps for a screen: first the variable, then the others in one line. Then the notes. */
export function snippetAdvice({ language, fileName, install, run, notes }: Snippet): readonly Paragraph[] {
  const steps = [
    fileName === null ? null : `Save the code as ${fileName}`,
    install === null ? null : `Install: ${install}`,
    run === null ? null : `Run: ${run}`,
  ].filter((step) => step !== null);
  const line = steps.map((step, index) => `${index + 2}. ${step}`).join('   ');
  const { shell, text } = setVariableText(language);
  const all = line === '' ? [] : [plain(`1. In ${shell}: ${text}`), plain(line)];
  return [...all, ...notes.map((note): Paragraph => ({ tone: 'dim', text: note }))];
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Returns the line of `.gitignore` that matches only this file name: the special characters of patterns are escaped. */
export const gitignoreLine = ({ target }: Pick<EnvFileState, 'target'>): string =>
  terminalLine(
    nameOf(target).replaceAll(/[\\*?[\]]|^[#!]| +$/g, (signs) => [...signs].map((sign) => `\\${sign}`).join('')),
  );

/** Checks whether others could get the key from the file: git would commit it, or a link points to another folder. */
export const isRiskyFile = ({ git, leadsAway }: Pick<EnvFileState, 'git' | 'leadsAway'>): boolean =>
  leadsAway || git === 'tracked' || git === 'would-be-committed';

/** Says how to make a risky file safe, as the start of a sentence. */
export function fileRemedy(state: EnvFileState): string {
  if (state.git === 'tracked') return 'Remove the file from git';
  if (state.git === 'would-be-committed') return `Add the line ${gitignoreLine(state)} to .gitignore`;
  return 'Give the path of the file itself, not of a link';
}

function linkParagraphs({ isLink, leadsAway, target }: EnvFileState): Paragraph[] {
  if (!isLink) return [];
  const text = `The path is a symbolic link to ${terminalLine(target)}.`;
  if (!leadsAway) return [plain(text)];
  return [danger(`${text} It is outside the folder of the link, so the person who created the link chose this file.`)];
}

function gitParagraphs(state: EnvFileState): Paragraph[] {
  const line = gitignoreLine(state);
  const texts: Readonly<Record<GitStatus, Paragraph[]>> = {
    'would-be-committed': [
      danger(
        `git would commit this file and the key in it. Anyone with access to the repository could use the key. Add this line to .gitignore first: ${line}`,
      ),
    ],
    tracked: [
      danger(
        `git tracks this file, so the next commit would contain the key. Anyone with access to the repository could use the key. Remove the file from git first (git rm --cached ${quoteIfNeeded(terminalLine(state.target))}), and add this line to .gitignore: ${line}`,
      ),
    ],
    unknown: [
      caution(
        `The file is in a git repository, but kaltura-ks could not find out whether git ignores it. Make sure that .gitignore has this line: ${line}`,
      ),
    ],
    ignored: [plain('git ignores the file, so it can’t be committed by accident.')],
    'no-repository': [],
  };
  return texts[state.git];
}

function changeText({ exists, hasKey }: EnvFileState): string {
  if (!exists)
    return 'Creates the file with one line: KALTURA_KS=<the key>. Only your user account on this computer can read it.';
  const what = hasKey ? 'Replaces the key in the line KALTURA_KS=<the key>.' : 'Adds the line KALTURA_KS=<the key>.';
  return `${what} The other lines stay unchanged.`;
}

/** Describes how the file will change, and the risks. */
export function envFileParagraphs(state: EnvFileState): Paragraph[] {
  if (state.problem !== null) return [danger(`${terminalLine(state.path)} can’t be written: ${state.problem}.`)];
  return [
    plain(changeText(state)),
    ...linkParagraphs(state),
    ...(state.isOpenToOthers
      ? [caution('Other users of this computer can read the file now. After the key is written, only you can.')]
      : []),
    ...gitParagraphs(state),
  ];
}

type Written = Extract<EnvFileWriteResult, { ok: true }>;

const OUTCOMES: Readonly<Record<Written['outcome'], (file: string) => string>> = {
  created: (file) => `Created ${file} with KALTURA_KS. Only your user account on this computer can read it.`,
  added: (file) => `Added KALTURA_KS to ${file}, in a new line at the end.`,
  updated: (file) => `Replaced KALTURA_KS in ${file} with the new key.`,
  unchanged: (file) => `KALTURA_KS in ${file} already had this key.`,
};

function idleText(count: number): string {
  if (count === 0) return '';
  return ` ${count === 1 ? 'An earlier line also sets' : `${count} earlier lines also set`} KALTURA_KS, without effect: delete what you don’t need.`;
}

const ACCESS: Readonly<Record<Written['access'], string>> = {
  private: '',
  closed: ' Other users of this computer could read the file. Now only you can.',
  exposed: ' Other users of this computer can read the file, because its disk doesn’t support access rights.',
};

/** Describes what was written: whole sentences, in one line. */
export function envWrittenText(writing: EnvFileWriteResult): string {
  const path = terminalLine(writing.path);
  if (!writing.ok) return `${path} can’t be written: ${writing.why}. The file is unchanged.`;
  const file = writing.target === writing.path ? path : `${path} (a link to ${terminalLine(writing.target)})`;
  return `${OUTCOMES[writing.outcome](file)}${ACCESS[writing.access]}${idleText(writing.idleLines)}`;
}

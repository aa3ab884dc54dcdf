import { caution, good, joinMessages, type Message, type Paragraph, plain } from '../../messages/paragraph.js';
import { envFileParagraphs, envWrittenText, isRiskyFile } from '../../messages/use.js';
import type { EnvFileState } from '../../profiles/env-file.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { type Field, form, optionField, textField } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { subjectOf } from './subject.js';

const isRisky = ({ envWriting: { file } }: State): boolean => file !== null && isRiskyFile(file);

const isWritable = ({ envWriting: { file } }: State): boolean => file !== null && file.problem === null;

/** Says in a few words why the file should not be used. */
const hintOf = ({ leadsAway }: EnvFileState): string =>
  leadsAway ? 'the link leads to another folder' : 'git would commit it';

function writeField(state: State): Field[] {
  const { file } = state.envWriting;
  if (file === null || file.problem !== null) return [];
  return [
    optionField(
      state,
      isRisky(state)
        ? [
            { value: 'no', label: 'Don’t write it' },
            { value: 'write', label: 'Write it anyway', hint: hintOf(file), tone: 'danger' },
          ]
        : [
            { value: 'write', label: 'Write it' },
            { value: 'no', label: 'Don’t write it' },
          ],
      'Then',
    ),
  ];
}

function inspectFile(state: State): Transition {
  const path = state.envWriting.path.trim();
  return ask(state, { ask: 'env-file', path }, 'Reading the file…');
}

const ONLY_THAT_LINE: Message = {
  warnings: [],
  advice: [
    plain('Programs that read .env files find the key in the variable KALTURA_KS.'),
    plain('Only the line KALTURA_KS= is written or changed. All other lines stay exactly as they are.'),
  ],
};

/** Puts the danger first, because a small window hides the rest. */
function summaryOf({ envWriting: { file } }: State): Message {
  if (file === null) return ONLY_THAT_LINE;
  const said = envFileParagraphs(file);
  const isWarning = ({ tone }: Paragraph): boolean => tone === 'danger' || tone === 'caution';
  return {
    warnings: [...said.filter(isWarning), ...said.filter((one) => !isWarning(one))],
    advice: file.problem === null ? [] : ONLY_THAT_LINE.advice,
  };
}

/** Goes back to the uses of the key. The inspected state is not valid any more. */
const backToUses = (state: State): State => goTo(state, 'use', { envWriting: { file: null }, option: 'env-file' });

/** Writes the key to an .env file. Inspects the file first, so that nothing is written before the user has seen it. */
export const envFile = form({
  fields: (state) => [
    textField({
      id: 'path',
      label: 'File',
      value: state.envWriting.path,
      problem: state.envWriting.path.trim() === '' ? 'Type the path of the file, such as .env' : null,
      change: (now, path) => changeState(now, { envWriting: { path, file: null } }),
    }),
    ...writeField(state),
  ],
  view: (state) => {
    const { path, file } = state.envWriting;
    return {
      heading: 'write an .env file',
      question: isWritable(state) ? `Write KALTURA_KS to ${file?.path ?? path}?` : 'Which file do you want to write?',
      ...joinMessages(unansweredMessage(state), summaryOf(state)),
      help: [
        'An .env file contains settings that your own code reads when it starts. Only your user account on this computer can read the file (0600).',
        'Anyone who can read the file or a backup of it can use the key until it expires. Never commit it: the history of a repository keeps it.',
      ],
      enter: isWritable(state) ? 'go' : 'continue',
    };
  },
  submit: (state) => {
    const subject = subjectOf(state);
    const { file } = state.envWriting;
    if (file === null || file.problem !== null || subject === null) return inspectFile(state);
    if (state.option !== 'write') return stay(backToUses(state));
    const { path } = file;
    return ask(state, { ask: 'write-env-file', path, ks: subject.ks, seen: file }, `Writing ${path}…`);
  },
  back: (state) => stay(backToUses(state)),
  receive: {
    'env-file': (state, file) => {
      const option = isRiskyFile(file) ? 'no' : 'write';
      return stay(goTo(state, 'env-file', { envWriting: { file }, focusOn: 'option', option }));
    },
    'write-env-file': (state, result) => {
      const text = envWrittenText(result);
      if (result.ok) return stay({ ...backToUses(state), notice: good(`✔ ${text}`) });
      return stay(changeState(state, { envWriting: { file: null }, notice: caution(text) }));
    },
  },
});

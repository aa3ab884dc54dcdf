import { caution, good, joinMessages, type Message, type Paragraph, plain } from '../../messages/paragraph.js';
import { envFileParagraphs, envWrittenText, isRiskyFile } from '../../messages/use.js';
import type { EnvFileState } from '../../profiles/env-file.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { type Field, form, optionField, textField } from '../engine/build-screen.js';
import { changeState, goTo, type Notice, type State, stay, type Transition } from '../engine/state.js';
import { subjectOf } from './subject.js';

const isRisky = ({
  keyUse: {
    envWriting: { file },
  },
}: State): boolean => file !== null && isRiskyFile(file);

const isWritable = ({
  keyUse: {
    envWriting: { file },
  },
}: State): boolean => file !== null && file.problem === null;

/** Says in a few words why the file should not be used. */
const hintOf = ({ leadsAway }: EnvFileState): string =>
  leadsAway ? 'the link leads to another folder' : 'git would commit it';

function writeField(state: State): Field[] {
  const { file } = state.keyUse.envWriting;
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
  const path = state.keyUse.envWriting.path.trim();
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
function summaryOf({
  keyUse: {
    envWriting: { file },
  },
}: State): Message {
  if (file === null) return ONLY_THAT_LINE;
  const said = envFileParagraphs(file);
  const isWarning = ({ tone }: Paragraph): boolean => tone === 'danger' || tone === 'caution';
  return {
    warnings: [...said.filter(isWarning), ...said.filter((one) => !isWarning(one))],
    advice: file.problem === null ? [] : ONLY_THAT_LINE.advice,
  };
}

/** Goes back to the uses of the key. The inspected state is not valid any more. */
const backToUses = (state: State): State =>
  goTo(state, 'use', { keyUse: { envWriting: { ...state.keyUse.envWriting, file: null } }, option: 'env-file' });

/** Writes the key to an .env file. Inspects the file first, so that nothing is written before the user has seen it. */
export const envFile = form({
  fields: (state) => [
    textField({
      id: 'path',
      label: 'File',
      value: state.keyUse.envWriting.path,
      problem: state.keyUse.envWriting.path.trim() === '' ? 'Type the path of the file, such as .env' : null,
      change: (now, path) => changeState(now, { keyUse: { envWriting: { path, file: null } } }),
    }),
    ...writeField(state),
  ],
  view: (state) => {
    const { path, file } = state.keyUse.envWriting;
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
    const { file } = state.keyUse.envWriting;
    if (file === null || file.problem !== null || subject === null) return inspectFile(state);
    if (state.option !== 'write') return stay(backToUses(state));
    const { path } = file;
    return ask(state, { ask: 'write-env-file', path, ks: subject.ks, seen: file }, `Writing ${path}…`);
  },
  back: (state) => stay(backToUses(state)),
  receive: (state, answer) => {
    if (answer.to === 'env-file') {
      const next = changeState(state, {
        keyUse: { envWriting: { ...state.keyUse.envWriting, file: answer.is } },
      });
      return stay(goTo(next, 'env-file', { focusOn: 'option', option: isRiskyFile(answer.is) ? 'no' : 'write' }));
    }
    if (answer.to !== 'write-env-file') return stay(state);
    const text = envWrittenText(answer.is);
    const notice: Notice = answer.is.ok ? good(`✔ ${text}`) : caution(text);
    const next = answer.is.ok
      ? backToUses(state)
      : changeState(state, { keyUse: { envWriting: { ...state.keyUse.envWriting, file: null } } });
    return stay({ ...next, notice });
  },
});

import { joinWithAnd, plain } from '../../messages/paragraph.js';
import { cleanName, nameProblem, shownName } from '../../profiles/name.js';
import { isWritable } from '../../secrets/source.js';
import { form, menu, textField } from '../engine/build-screen.js';
import { changeState, goHome, savedProfileOf, stay } from '../engine/state.js';
import { isTaken, nameParagraphs } from './save.js';

export const rename = form({
  fields: (state) => [
    textField({
      id: 'newName',
      label: 'Name',
      value: state.profileFlow.newName,
      problem:
        nameProblem(cleanName(state.profileFlow.newName)) ??
        (isTaken(state) ? 'Another profile has this name. Type another name.' : null),
      change: (now, newName) => changeState(now, { profileFlow: { newName } }),
    }),
  ],
  view: (state) => ({
    heading: `profile ${shownName(state.profileName ?? '')}`,
    question: 'What is the new name?',
    warnings: nameParagraphs(state),
    help: ['A name can have up to 64 characters. Upper and lower case make no difference.'],
    enter: 'rename',
  }),
  submit: (state) => {
    const to = cleanName(state.profileFlow.newName);
    if (to === state.profileName) return stay(goHome(state));
    return stay(state, { do: 'rename-profile', from: state.profileName ?? '', to });
  },
  back: (state) => stay(goHome(state)),
});

export const remove = menu({
  options: ({ profileName }) => [
    { value: 'keep', label: 'Keep it', choose: (state) => stay(goHome(state)) },
    {
      value: 'remove',
      label: 'Delete it',
      tone: 'danger',
      choose: (state) => stay(state, { do: 'remove-profile', name: profileName ?? '' }),
    },
  ],
  view: (state) => {
    const name = state.profileName ?? '';
    const profile = savedProfileOf(state);
    const shown = shownName(name);
    const hasKey = profile?.savedKey != null;
    const hasStored = profile !== undefined && isWritable(profile.secretSource);
    const what = ['the saved answers', hasStored ? 'the stored secret' : '', hasKey ? 'the saved key' : ''].filter(
      (part) => part !== '',
    );
    return {
      heading: `profile ${shown}`,
      question: `Delete the profile “${shown}”?`,
      advice: [
        plain(`This deletes ${joinWithAnd(what)}. Keys that were created with the profile work until they expire.`),
      ],
      help: [`The file ${state.setting.fileOf(name)} is removed.`],
    };
  },
  back: (state) => stay(goHome(state)),
});

import { explainPrivilege } from '../../kaltura/privilege-catalogue.js';
import { WILDCARD_TRUTH } from '../../kaltura/privilege-tasks.js';
import { checkPrivileges, privilegePairs } from '../../kaltura/privileges.js';
import { changeDraft } from '../draft.js';
import type { Paragraph } from '../paragraph.js';
import { surelyVersion } from '../reading.js';
import type { WalkScreen } from '../screen.js';
import { stay } from '../state.js';

export const write: WalkScreen = {
  id: 'write',
  step: 6,
  applies: (draft) => draft.task === 'write',
  isComplete: (draft) => checkPrivileges(draft.privileges, { ksVersion: surelyVersion(draft) }).ok,
  view: ({ draft }) => {
    const outcome = checkPrivileges(draft.privileges, { ksVersion: surelyVersion(draft) });
    const meanings = outcome.ok
      ? privilegePairs(outcome.privileges).map(([name, value]): Paragraph => {
          const { summary, weight } = explainPrivilege(name, value);
          const tone = weight === 'danger' || weight === 'caution' ? weight : 'plain';
          return { tone, text: `${tone === 'plain' ? '' : `${tone}: `}${name}: ${summary}` };
        })
      : [];
    const notes = outcome.ok ? outcome.notes.map((text): Paragraph => ({ tone: 'caution', text })) : [];
    return {
      question: 'Which privileges, as text?',
      controls: [
        {
          kind: 'text',
          id: 'privileges',
          label: 'Privileges',
          value: draft.privileges,
          placeholder: 'sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE',
          problem: outcome.ok ? null : outcome.problem,
        },
      ],
      warnings: [...notes, ...meanings],
      advice: [
        {
          tone: 'plain',
          text: 'name, name:value or name:value/value, with commas between and no blanks. Small letters.',
        },
      ],
      help: [
        'Nothing in the text can be escaped: a comma always ends a privilege. Names are in small letters and matched exactly; a wrong spelling is carried along by the server without a word and does nothing.',
        'A name given twice is merged with / where it takes a list, and refused where it takes one value: the server would keep the last only.',
        ...WILDCARD_TRUTH,
      ],
    };
  },
  leave: (state) => {
    const outcome = checkPrivileges(state.draft.privileges, { ksVersion: surelyVersion(state.draft) });
    const privileges = outcome.ok ? outcome.privileges : state.draft.privileges;
    return stay({ ...state, draft: changeDraft(state.draft, { privileges }) });
  },
};

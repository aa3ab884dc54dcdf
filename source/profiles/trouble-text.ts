import { terminalLine } from '../kaltura/terminal-text.js';
import type { Trouble } from './profile.js';
import { shownName } from './profile-name.js';

/** Describes a trouble in a sentence or two. A file name can hold any character, a line break too, so the text is made one safe line. */
export const troubleText = (trouble: Trouble): string => terminalLine(rawText(trouble));

function rawText(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return trouble.movedTo === null
        ? `A profile is damaged and was left where it is: ${trouble.file}. ${trouble.why} ${trouble.stays ?? ''}`.trim()
        : `A profile was damaged and is set aside: ${trouble.movedTo}. ${trouble.why}`;
    case 'unusable':
      return `The profile “${shownName(trouble.profile.name)}” is not used. ${trouble.why} ${trouble.fix}`;
    case 'newer':
      return `The profile “${trouble.name}” was saved by a newer version of this program and is left alone: ${trouble.file}.`;
    case 'refused':
    case 'unreadable':
      return `A profile was not read: ${trouble.file}. ${trouble.why}`;
    case 'exposed': {
      const [first] = trouble.places;
      const more = trouble.places.length > 1 ? ` and ${trouble.places.length - 1} more` : '';
      return trouble.isClosed
        ? `Others on this computer could read ${first}${more}. Now only you can.`
        : `Others on this computer can read ${first}${more}, and that could not be changed.`;
    }
  }
}

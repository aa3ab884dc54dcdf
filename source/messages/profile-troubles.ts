import { shownName } from '../profiles/name.js';
import type { Trouble } from '../profiles/profile.js';
import { terminalLine } from '../terminal/text.js';

/** Describes a problem in a sentence or two, on one line without unsafe characters: a file name can contain even a line break. */
export const troubleText = (trouble: Trouble): string => terminalLine(rawText(trouble));

function rawText(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return trouble.movedTo === null
        ? `A profile is damaged and was left unchanged: ${trouble.file}. ${trouble.why} ${trouble.stays ?? ''}`.trim()
        : `A profile is damaged and was quarantined: ${trouble.movedTo}. ${trouble.why} Create the profile again, or correct the file and move it back.`;
    case 'unusable':
      return `The profile “${shownName(trouble.profile.name)}” can’t be used. ${trouble.why} ${trouble.fix}`;
    case 'newer':
      return `The profile “${trouble.name}” was saved by a newer version of kaltura-ks and is ignored: ${trouble.file}. Update kaltura-ks to use it.`;
    case 'refused':
    case 'unreadable':
      return `A profile could not be read: ${trouble.file}. ${trouble.why}`;
    case 'exposed': {
      const [first] = trouble.places;
      const more = trouble.places.length > 1 ? ` and ${trouble.places.length - 1} more` : '';
      return trouble.isClosed
        ? `Other users of this computer could read ${first}${more}. Now only you can.`
        : `Other users of this computer can read ${first}${more}, and this could not be changed.`;
    }
  }
}

import type { Trouble } from './profile.js';

/** What to tell the person about a trouble, in a sentence or two. */
export function troubleText(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return trouble.movedTo === null
        ? `A profile is damaged and was left where it is: ${trouble.file}. ${trouble.why} ${trouble.stays ?? ''}`.trim()
        : `A profile was damaged and is set aside: ${trouble.movedTo}. ${trouble.why}`;
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

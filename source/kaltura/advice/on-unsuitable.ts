import type { UnsuitableFault } from '../making.js';
import { backToReview, type Counsel, otherPrivileges } from './advice.js';

const NOTHING_DONE = 'Nothing was signed or sent.';

/** Advice on requests that no key can be made from. */
export const onUnsuitable: Readonly<Record<UnsuitableFault, Counsel>> = {
  lifetime: {
    headline: 'The lifetime is not a positive number of seconds',
    explanation: `The key would already be expired. ${NOTHING_DONE}`,
    causes: ['the lifetime is zero, negative, or not a whole number'],
    remedies: [backToReview],
  },
  'semicolon-in-user': {
    headline: 'The user ID of a version 1 key cannot contain a ;',
    explanation: `In version 1, a ; starts the next field, so the key would mean something else. ${NOTHING_DONE}`,
    causes: ['the user ID contains a ;'],
    remedies: [{ label: 'Change the user', goTo: 'user' }, backToReview],
  },
  'semicolon-in-privileges': {
    headline: 'The privileges of a version 1 key cannot contain a ;',
    explanation: `In version 1, a ; starts the next field, so the key would mean something else. ${NOTHING_DONE}`,
    causes: ['privileges are separated by commas, not by ;', 'a value contains a ;'],
    remedies: [otherPrivileges, backToReview],
  },
  'privilege-name': {
    headline: 'The server could not read these privileges',
    explanation: NOTHING_DONE,
    causes: ['the name of a privilege starts with _ or contains a bracket: names have letters, digits and - only'],
    remedies: [otherPrivileges],
  },
};

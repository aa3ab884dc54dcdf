import type { UnsuitableFault } from '../making.js';
import { backToReview, type Counsel, otherPrivileges } from './advice.js';

const NOTHING_DONE = 'Nothing was signed or sent.';

/** What to do where no key can be made from the request at all. */
export const onUnsuitable: Readonly<Record<UnsuitableFault, Counsel>> = {
  lifetime: {
    headline: 'The lifetime is no positive number of seconds',
    explanation: `The server would make a key that has already ended. ${NOTHING_DONE}`,
    causes: ['the lifetime is zero, negative, or not whole'],
    remedies: [backToReview],
  },
  'semicolon-in-user': {
    headline: 'A version 1 key cannot have a ; in its user',
    explanation: `There, a ; begins the next field: the key would say something else. ${NOTHING_DONE}`,
    causes: ['the user ID has a ; in it'],
    remedies: [{ label: 'Change the user', goTo: 'user' }, backToReview],
  },
  'semicolon-in-privileges': {
    headline: 'A version 1 key cannot have a ; in its privileges',
    explanation: `There, a ; begins the next field: the key would say something else. ${NOTHING_DONE}`,
    causes: ['privileges are separated by commas, not by ;', 'a value has a ; in it'],
    remedies: [otherPrivileges, backToReview],
  },
  'privilege-name': {
    headline: 'The server could not read these privileges',
    explanation: NOTHING_DONE,
    causes: ['a privilege’s name begins with _ or has a bracket in it: names are letters, digits and -'],
    remedies: [otherPrivileges],
  },
};

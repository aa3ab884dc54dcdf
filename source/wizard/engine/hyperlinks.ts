import { type Page, pagesOf } from '../../kaltura/accounts/pages.js';
import { type ServerChoice, serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { subjectOf } from '../key/subject.js';
import type { ScreenId } from './screen-id.js';
import type { State } from './state.js';

const pagesOfServer = (server: ServerChoice): readonly Page[] => pagesOf(server.region, serviceUrlAt(server, null));

/** The steps after the one that asks for the server. */
const FORM_SCREENS: readonly ScreenId[] = [
  'sign-in',
  'credentials',
  'user',
  'privileges',
  'review',
  'failure',
  'code',
  'needs-admin',
];

const KEY_SCREENS: readonly ScreenId[] = ['result', 'next', 'use', 'check', 'look-up', 'found', 'explain', 'tokens'];

/** Returns the texts of the current screen that stand for a page of the account's server. */
export function hyperlinksOf(state: State): readonly Page[] {
  if (FORM_SCREENS.includes(state.screen)) return pagesOfServer(state.form);
  const server = KEY_SCREENS.includes(state.screen) ? subjectOf(state)?.server : null;
  return server == null ? [] : pagesOfServer(server);
}

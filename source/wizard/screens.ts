import type { Screen } from './screen.js';
import { answer } from './screens/answer.js';
import { code } from './screens/code.js';
import { failure } from './screens/failure.js';
import { home } from './screens/home.js';
import { kept } from './screens/kept.js';
import { passphrase } from './screens/passphrase.js';
import { quick } from './screens/quick.js';
import { quit } from './screens/quit.js';
import { remove } from './screens/remove.js';
import { rename } from './screens/rename.js';
import { result } from './screens/result.js';
import { save } from './screens/save.js';
import { value } from './screens/value.js';
import { working } from './screens/working.js';
import type { ScreenId, WalkScreenId } from './state.js';
import { asScreen, WALK } from './walk.js';

const OTHERS: Readonly<Record<Exclude<ScreenId, WalkScreenId>, Screen>> = {
  home,
  kept,
  quick,
  passphrase,
  rename,
  remove,
  value,
  working,
  code,
  failure,
  answer,
  result,
  save,
  quit,
};

const ALL = new Map<ScreenId, Screen>([
  ...WALK.map((screen) => [screen.id, asScreen(screen)] as const),
  ...(Object.entries(OTHERS) as [ScreenId, Screen][]),
]);

export const screenOf = (id: ScreenId): Screen => ALL.get(id) as Screen;

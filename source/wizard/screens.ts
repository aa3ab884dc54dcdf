import type { Screen } from './screen.js';
import { answer } from './screens/answer.js';
import { asking } from './screens/asking.js';
import { check } from './screens/check.js';
import { code } from './screens/code.js';
import { confirmSource } from './screens/confirm-source.js';
import { end } from './screens/end.js';
import { envFile } from './screens/env-file.js';
import { explain } from './screens/explain.js';
import { failure } from './screens/failure.js';
import { findRegion } from './screens/find-region.js';
import { found } from './screens/found.js';
import { home } from './screens/home.js';
import { kept } from './screens/kept.js';
import { keyRegion } from './screens/key-region.js';
import { lookUp } from './screens/look-up.js';
import { madeToken } from './screens/made-token.js';
import { newToken } from './screens/new-token.js';
import { next } from './screens/next.js';
import { openKey } from './screens/open-key.js';
import { passphrase } from './screens/passphrase.js';
import { paste } from './screens/paste.js';
import { probe } from './screens/probe.js';
import { quick } from './screens/quick.js';
import { quit } from './screens/quit.js';
import { regions } from './screens/regions.js';
import { remove } from './screens/remove.js';
import { rename } from './screens/rename.js';
import { result } from './screens/result.js';
import { save } from './screens/save.js';
import { token } from './screens/token.js';
import { tokens } from './screens/tokens.js';
import { use } from './screens/use.js';
import { value } from './screens/value.js';
import { working } from './screens/working.js';
import type { ScreenId, WalkScreenId } from './state.js';
import { asScreen, WALK } from './walk.js';

const OTHERS: Readonly<Record<Exclude<ScreenId, WalkScreenId>, Screen>> = {
  home,
  kept,
  quick,
  passphrase,
  'confirm-source': confirmSource,
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
  asking,
  next,
  paste,
  explain,
  'open-key': openKey,
  'key-region': keyRegion,
  check,
  'look-up': lookUp,
  found,
  use,
  'env-file': envFile,
  end,
  tokens,
  token,
  'new-token': newToken,
  'made-token': madeToken,
  'find-region': findRegion,
  regions,
  probe,
};

const ALL = new Map<ScreenId, Screen>([
  ...WALK.map((screen) => [screen.id, asScreen(screen)] as const),
  ...(Object.entries(OTHERS) as [ScreenId, Screen][]),
]);

export const screenOf = (id: ScreenId): Screen => ALL.get(id) as Screen;

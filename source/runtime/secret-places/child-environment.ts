import { withAbsolutePath } from '../find-program.js';

/**
 * The environment for programs that are started to fetch or to keep a secret: they need their own settings from it. Our variables are
 * left out, since secrets are given to this program there.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return withAbsolutePath(Object.fromEntries(Object.entries(env).filter(([name]) => !/^kaltura_/i.test(name))));
}

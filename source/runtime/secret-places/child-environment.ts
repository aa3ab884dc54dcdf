import { withAbsolutePath } from '../find-program.js';

/**
 * The environment for programs that read or store a secret. They need their own settings from it. Our variables are left out, because
 * they can contain secrets.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return withAbsolutePath(Object.fromEntries(Object.entries(env).filter(([name]) => !/^kaltura_/i.test(name))));
}

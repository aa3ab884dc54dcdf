/**
 * The environment for programs that are started to fetch or to keep a secret: as it is, since they need their own settings from it, without
 * ours, among which secrets are handed to this program.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^kaltura_/i.test(name)));
}

import type { Http } from '../../kaltura/api/http.js';
import { errorAnswerLines } from '../../kaltura/api/server-answer.js';
import type { Secret } from '../../kaltura/secret.js';
import { type Runtime, replaceParts } from '../../operations/runtime.js';

/** Returns the action in the URL of a call: `session.start`. */
const actionIn = (url: string): string => {
  const [, service, action] = /\/service\/(\w+)\/action\/(\w+)$/.exec(url) ?? [];
  return `${service}.${action}`;
};

/** Prints every error response of a server on standard error (`--show-answer`). */
export function withAnswersShown(runtime: Runtime): Runtime {
  // A server can repeat in one response what an earlier call sent.
  const sent = new Set<Secret>();
  const write = (text: string): void => void runtime.stderr.write(`${text}\n`);
  const showing =
    (http: Http): Http =>
    async (request) => {
      for (const secret of request.secrets ?? []) sent.add(secret);
      const response = await http(request);
      const lines = errorAnswerLines(response, [...sent]);
      if (lines !== null) {
        write(`kaltura-ks: The server’s answer to ${actionIn(request.url)}. It can contain parts of what was sent:`);
        for (const line of lines) write(`  ${line}`);
      }
      return response;
    };
  return replaceParts(runtime, { httpWithin: (timeout) => showing(runtime.httpWithin(timeout)) });
}

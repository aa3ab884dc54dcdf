import { isRegionConfirmed, type Probe, withRegionConfirmed } from '../../kaltura/diagnosis/probe.js';
import { Secret } from '../../kaltura/secret.js';
import { joinMessages } from '../../messages/paragraph.js';
import { probeParagraphs, probeQuestion } from '../../messages/probe.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { menu } from '../engine/build-screen.js';
import type { AskedServer } from '../engine/question.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { practiceUseOf } from '../steps/steps.js';
import { contextOf } from './diagnosing.js';

/** Says where the probe sends the secret again; nothing if it sends none, which the text says. */
function sentHint({ sends }: Probe): string {
  const withSecret = sends.find(({ parameters }) => parameters.some(({ value }) => value instanceof Secret));
  return withSecret === undefined ? '' : `sends the secret to ${withSecret.host}`;
}

const backToFailure = (state: State): Transition => stay(goTo(state, 'failure', { option: '0' }));

function runProbe(state: State): Transition {
  const { failure } = state;
  const chosen = state.probing.probe;
  if (failure === null || chosen === null) return backToFailure(state);
  const server: AskedServer = { serviceUrl: failure.request.serviceUrl, practice: practiceUseOf(state) };
  const context = contextOf(failure, state.form);
  return ask(state, { ask: 'probe', server, probe: chosen, context }, probeQuestion(chosen));
}

const TWO_SECRETS =
  'An account has two secrets. The Administrator Secret can create USER and ADMIN keys. With the User Secret, the server creates only USER keys.';

/** Describes a probe, which finds out why no key was created: what it sends, and to which server. */
export const probe = menu({
  options: ({ probing }) => [
    {
      value: 'ask',
      label: 'Check now',
      hint: probing.probe === null ? '' : sentHint(probing.probe),
      choose: runProbe,
    },
    { value: 'back', label: 'Don’t check', choose: backToFailure },
  ],
  view: (state) => {
    const chosen = state.probing.probe;
    return {
      heading: 'find the cause',
      question: chosen === null ? '' : probeQuestion(chosen),
      ...joinMessages(unansweredMessage(state), {
        warnings: chosen === null ? [] : probeParagraphs(chosen),
        advice: [],
      }),
      help: [
        ...(chosen?.kind === 'user-secret' ? [TWO_SECRETS] : []),
        'Secrets are sent only to the server that you chose. Keys that are created to find out the cause expire within a minute and are not shown.',
      ],
      enter: 'go',
    };
  },
  back: backToFailure,
  receive: {
    probe: (state, finding) => {
      const { probe: chosen, asked } = state.probing;
      const regionConfirmed = state.probing.isRegionConfirmed || isRegionConfirmed(finding);
      const next = changeState(state, {
        probing: {
          probe: null,
          finding: regionConfirmed ? withRegionConfirmed(finding) : finding,
          asked: chosen === null ? asked : [...asked, chosen.kind],
          isRegionConfirmed: regionConfirmed,
        },
      });
      const { regions: answers } = finding;
      if (answers === undefined) return backToFailure(next);
      const partnerId = String(state.failure?.request.signIn.partnerId ?? '');
      return backToFailure(changeState(next, { regionSearch: { partnerId, answers } }));
    },
  },
});

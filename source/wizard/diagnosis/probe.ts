import { regionLabel } from '../../kaltura/accounts/regions.js';
import { isRegionConfirmed, type Probe, withRegionConfirmed } from '../../kaltura/diagnosis/probe.js';
import { Secret } from '../../kaltura/secret.js';
import { joinMessages } from '../../messages/paragraph.js';
import { probeParagraphs, probeQuestion } from '../../messages/probe.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { menu } from '../engine/build-screen.js';
import type { AskedServer } from '../engine/question.js';
import { goTo, inFlow, type State, stay, type Transition } from '../engine/state.js';
import { practiceUseOf } from '../steps/steps.js';

/** Says where the probe sends the secret again; nothing if it sends none, which the text says. */
function sentHint({ sends }: Probe): string {
  const withSecret = sends.find(({ parameters }) => parameters.some(({ value }) => value instanceof Secret));
  return withSecret === undefined ? '' : `sends the secret to ${withSecret.host}`;
}

const backToFailure = (state: State): Transition => stay(goTo({ ...state, option: '0' }, 'failure'));

function runProbe(state: State): Transition {
  const {
    diagnosis: { failure },
  } = state;
  const chosen = state.diagnosis.probing.probe;
  if (failure === null || chosen === null) return backToFailure(state);
  const server: AskedServer = { serviceUrl: failure.request.serviceUrl, practice: practiceUseOf(state) };
  const context = { request: failure.request, regionLabel: regionLabel(state.form.region) };
  return ask(state, { ask: 'probe', server, probe: chosen, context }, probeQuestion(chosen));
}

const TWO_SECRETS =
  'An account has two secrets. The Administrator Secret can create USER and ADMIN keys. With the User Secret, the server creates only USER keys.';

/** Describes a probe, which finds out why no key was created: what it sends, and to which server. */
export const probe = menu({
  options: ({ diagnosis: { probing } }) => [
    {
      value: 'ask',
      label: 'Check now',
      hint: probing.probe === null ? '' : sentHint(probing.probe),
      choose: runProbe,
    },
    { value: 'back', label: 'Don’t check', choose: backToFailure },
  ],
  view: (state) => {
    const chosen = state.diagnosis.probing.probe;
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
      escape: 'back',
    };
  },
  back: backToFailure,
  receive: (state, answer) => {
    if (answer.to !== 'probe') return stay(state);
    const { diagnosis } = state;
    const { probe: chosen, asked } = diagnosis.probing;
    const regionConfirmed = diagnosis.probing.isRegionConfirmed || isRegionConfirmed(answer.is);
    const probing = {
      probe: null,
      finding: regionConfirmed ? withRegionConfirmed(answer.is) : answer.is,
      asked: chosen === null ? asked : [...asked, chosen.kind],
      isRegionConfirmed: regionConfirmed,
    };
    const { regions: answers } = answer.is;
    const regionSearch =
      answers === undefined
        ? diagnosis.regionSearch
        : { ...diagnosis.regionSearch, partnerId: String(diagnosis.failure?.request.signIn.partnerId ?? ''), answers };
    return backToFailure(inFlow(state, 'diagnosis', { probing, regionSearch }));
  },
});

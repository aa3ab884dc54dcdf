import { regionLabel } from '../../kaltura/accounts/regions.js';
import type { Finding, Probe, ProbeKind } from '../../kaltura/diagnosis/probe.js';
import { Secret } from '../../kaltura/secret.js';
import { joinMessages } from '../../messages/paragraph.js';
import { probeParagraphs } from '../../messages/probe.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { optionControl } from '../engine/picked.js';
import type { AskedServer } from '../engine/question.js';
import type { Screen } from '../engine/screen.js';
import { goTo, stay } from '../engine/state.js';
import { practiceUseOf } from '../steps/steps.js';

/** Says whether the probe sends the secret again. */
const sentHint = ({ sends }: Probe): string =>
  sends.some(({ parameters }) => parameters.some(({ value }) => value instanceof Secret))
    ? 'sends the secret there'
    : 'sends nothing secret';

/** Describes a probe, which finds out why no key was created: what it sends, and to which server. */
export const probe: Screen = {
  view: (state) => {
    const chosen = state.probing.probe;
    return {
      heading: 'find out why',
      question: chosen?.question ?? '',
      controls: [
        optionControl(state, [
          { value: 'ask', label: 'Find out', hint: chosen === null ? '' : sentHint(chosen) },
          { value: 'back', label: 'Leave it' },
        ]),
      ],
      ...joinMessages(unansweredMessage(state), {
        warnings: chosen === null ? [] : probeParagraphs(chosen),
        advice: [],
      }),
      help: [
        'A secret goes to the server that you chose, and to no other. Keys that are made for a probe live a moment, and are thrown away.',
      ],
      enter: 'go',
      escape: 'back',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const { failure } = state;
    const chosen = state.probing.probe;
    if (state.option !== 'ask' || failure === null || chosen === null) return probe.back(state);
    const server: AskedServer = { serviceUrl: failure.request.serviceUrl, practice: practiceUseOf(state) };
    const context = { request: failure.request, regionLabel: regionLabel(state.form.region) };
    return ask(state, { ask: 'probe', server, probe: chosen, context }, chosen.question);
  },
  back: (state) => stay(goTo({ ...state, option: '0' }, 'failure')),
  receive: (state, answer) => {
    if (answer.to !== 'probe') return stay(state);
    const { probe: chosen, asked } = state.probing;
    const probing = { probe: null, finding: answer.is, asked: chosen === null ? asked : [...asked, chosen.kind] };
    return stay(goTo({ ...state, probing, option: '0' }, 'failure'));
  },
};

/** The chosen probe, and what the last one found. */
export interface Probing {
  readonly probe: Probe | null;
  readonly finding: Finding | null;
  /** The probes that were already run for this failure. */
  readonly asked: readonly ProbeKind[];
}

export const NO_PROBING: Probing = { probe: null, finding: null, asked: [] };

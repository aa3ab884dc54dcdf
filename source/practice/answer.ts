import type { Stage } from './action.js';
import { jsonAnswer, jsonError, xmlAnswer, xmlError } from './answer-format.js';
import { ApiError, internalError } from './api-error.js';
import { perform } from './dispatch.js';
import { type PracticeRequest, readParameters } from './read-parameters.js';

export interface PracticeAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** XML is the default (facts 3.1). */
const FORMATS = new Map([
  ['1', { contentType: 'application/json', value: jsonAnswer, error: jsonError }],
  ['2', { contentType: 'text/xml;charset=UTF-8', value: xmlAnswer, error: xmlError }],
]);

const NOTHING: PracticeAnswer = { contentType: 'text/html; charset=UTF-8', body: '' };

/**
 * Answers one request as the real server would on its full path, and remembers in the world what it must. It never throws, and the
 * HTTP status is 200 whatever comes (facts 0.7).
 */
export function answer(request: PracticeRequest, stage: Stage): PracticeAnswer {
  const parameters = readParameters(request);
  const format = FORMATS.get(parameters.raw('format') ?? '2');
  if (format === undefined || request.method === 'OPTIONS') return NOTHING;
  const { contentType } = format;
  let body: string;
  try {
    body = format.value(perform(request, parameters, stage));
  } catch (error) {
    body = format.error(error instanceof ApiError ? error : internalError());
  }
  return { contentType, body: request.method === 'HEAD' ? '' : body };
}

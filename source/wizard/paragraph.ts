/** What screens and commands say, as data: each way of showing it decides how it looks. */

export type Tone = 'plain' | 'dim' | 'good' | 'caution' | 'danger';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** One line on when to choose it. */
  readonly hint?: string;
  readonly tone?: Tone;
}

export interface Paragraph {
  readonly tone: Tone;
  readonly text: string;
}

/** A fact on a line of its own; with a number, a door to the step where it can be changed. */
export interface Fact {
  readonly number?: number;
  readonly label: string;
  readonly value: string;
}

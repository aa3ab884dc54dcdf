/** What an error code means. */
export interface ErrorText {
  /** One sentence. */
  readonly meaning: string;
  /** Sentences, the most likely cause first. */
  readonly causes: readonly string[];
  readonly fix: string;
}

/** What a command says to the person: on standard error, never among its results. */
export interface Report {
  /** Begins with the program's name. */
  readonly say: (text: string) => void;
  /** Said with -v alone. */
  readonly detail: (text: string) => void;
}

export const createReport = (stderr: { write(text: string): unknown }, isVerbose: boolean): Report => {
  const say = (text: string): void => void stderr.write(`kaltura-ks: ${text}\n`);
  return { say, detail: (text) => (isVerbose ? say(text) : undefined) };
};

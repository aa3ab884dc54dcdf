import { UsageError } from '../shared/exit-codes.js';

const isAboutMissing = ({ code }: UsageError): boolean => code === 'missing-input';

/** Collects what is missing or invalid in the input of a command, so that one error reports all of it. */
export class InputProblems {
  readonly #found: UsageError[] = [];

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  add(problem: UsageError): void {
    this.#found.push(problem);
  }

  /** Runs a check. If it throws a usage error, keeps the error and returns the fallback. */
  collect<T>(check: () => T, fallback: T): T {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.add(error);
      return fallback;
    }
  }

  /**
   * Checks that nothing was collected.
   * @throws {UsageError} with one line for each problem, and the missing values first
   */
  assertNone(): void {
    const sorted = [...this.#found.filter(isAboutMissing), ...this.#found.filter((error) => !isAboutMissing(error))];
    const [first, ...others] = sorted;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const message = sorted.map((error) => error.message).join('\n');
    const fixes = sorted.flatMap(({ details }) => details.fixes ?? []);
    const { headline, causes = [] } = first.details;
    // The message of several missing values begins with “Missing:” alone.
    const reported =
      headline === undefined
        ? {}
        : { headline, causes: [...causes, ...others.flatMap((error) => error.message.split('\n'))] };
    throw new UsageError(message, first.code, { ...reported, fixes });
  }
}

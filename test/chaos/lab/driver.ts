/** What the lab asks of a browser. Functions run in the page, and take and give JSON only. */
export interface LabDriver {
  /** The errors that nobody caught. */
  readonly uncaught: readonly string[];
  evaluate<Argument, Result>(fn: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>;
  /** Asks every 100 ms. What `fn` returned once it was not false, null or undefined; `null` after `timeout` ms. */
  poll<Argument, Result>(
    fn: (argument: Argument) => Result | null | false | undefined,
    argument: Argument,
    timeout: number,
  ): Promise<Result | null>;
  close(): Promise<void>;
}

/** One line of a written conversation. */
export interface Line {
  /** Index into `people`. */
  readonly by: number;
  /** Minutes after the line before; for the first one, after the conversation began. */
  readonly after: number;
  readonly text: string;
  /** How many lines back the one stands that this answers. */
  readonly answers?: number;
  /** Reactions, with the indices of who chose them. */
  readonly reactions?: Readonly<Record<string, readonly number[]>>;
  /** Whether its author has edited it afterwards. */
  readonly edited?: boolean;
  /** Whether its author has deleted it afterwards. */
  readonly deleted?: boolean;
}

/** Shorthand for writing a line. */
export function line(by: number, after: number, text: string, rest: Omit<Line, 'by' | 'after' | 'text'> = {}): Line {
  return {by, after, text, ...rest};
}

/**
 * The kinds of fault that `--faults` can name.
 * `disconnect`: forced ends of the connection, of all kinds. `auth`: 5xx from the channel authorization, and answers that never come. `rest`: 5xx from the REST
 * API. `drop`, `duplicate`, `shuffle`: of events on the wire. `lost-answers`: writes that are done and not answered. `reload`: of the page.
 */
export const FAULTS = ['disconnect', 'auth', 'rest', 'drop', 'duplicate', 'shuffle', 'lost-answers', 'reload'] as const;

export type FaultName = (typeof FAULTS)[number];

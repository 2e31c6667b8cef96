import {checkAccess} from './check-access.js';
import {checkChanging} from './check-changing.js';
import {checkReading} from './check-reading.js';
import type {Contract} from './contract.js';
import {Visitor, type ConversationRow} from './visitor.js';

/** What the checks of a backend work with: two people who share a conversation with a history. */
export interface Walk {
  readonly url: string;
  readonly ali: Visitor;
  readonly vali: Visitor;
  /** The conversation that they share. */
  readonly shared: ConversationRow;
}

/** One thing that must be true of a backend. Rejects with what is not. */
export interface Check {
  readonly name: string;
  readonly run: (walk: Walk) => Promise<void>;
}

/** Everything the contract asks of a backend, in an order in which it can be walked. Each check stands for itself. */
export const checks: readonly Check[] = [...checkAccess, ...checkReading, ...checkChanging];

/** Signs both people in and finds their conversation. */
export async function beginWalk(url: string, contract: Contract): Promise<Walk> {
  const [ali, vali] = [new Visitor(url, contract), new Visitor(url, contract)];
  await ali.signIn('ali@example.com', 'password');
  await vali.signIn('vali@example.com', 'password');
  const page = (await ali.ask('GET', '/conversations', 200)) as {data: ConversationRow[]};
  const shared = page.data.find(
    ({participants, last_message}) => last_message !== null && participants.some(({id}) => id === vali.id),
  );
  if (!shared) throw new Error('ali@example.com and vali@example.com share no conversation with a history.');
  return {url, ali, vali, shared};
}

/** How often what goes wrong. Shares from 0 to 1. */
export interface FaultRates {
  /** Of channel authorizations: answered with 503, without asking the server. */
  readonly auth5xx: number;
  /** Of channel authorizations: never answered. */
  readonly authHang: number;
  /** Of REST calls: answered with 503, without asking the server. */
  readonly rest5xx: number;
  /** Of writing REST calls: done by the server, and then the answer is lost with the connection. */
  readonly lostAnswers: number;
  /** Of events on their way to one socket: lost. */
  readonly drop: number;
  /** Of events on their way to one socket: passed on twice. */
  readonly duplicate: number;
  /** Events to one socket leave in any order within a window of so many; 0 keeps the order. */
  readonly shuffle: number;
}

export const NO_RATES: FaultRates = {auth5xx: 0, authHang: 0, rest5xx: 0, lostAnswers: 0, drop: 0, duplicate: 0, shuffle: 0};

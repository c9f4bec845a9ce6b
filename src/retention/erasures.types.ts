/**
 * Erases whole people. Retention names those whose time is over; whoever provides this does it, and does not ask again for who
 * is being erased.
 */
export abstract class Erasures {
  /** @returns how many of them were not asked for before */
  abstract request(applicantIds: readonly string[], reason: string): Promise<number>;
}

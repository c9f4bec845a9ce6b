/** The URLs of eNROLL's panel: where tokens are asked for, and the callback URLs by their kind. */
export const REFUSED_ROUTES = ['token', 'success', 'fail', 'any'] as const;
export type RefusedRoute = (typeof REFUSED_ROUTES)[number];

/** `client`: proved who it is. `named`: gave the id of a client and did not prove it. `stranger`: anybody else. */
export const REFUSED_CALLERS = ['client', 'named', 'stranger'] as const;
export type RefusedCaller = (typeof REFUSED_CALLERS)[number];

/** Refusals of the last hour, by who was refused. */
export interface RecentRefusals {
  ofClients: number;
  ofStrangers: number;
  /** The latest one, those of clients first; null: there was none. */
  latest: { at: Date; code: string; clientId: string | null } | null;
}

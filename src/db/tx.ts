import type { EntityManager } from 'typeorm';

/** The connection or transaction of a statement outside the hot path. It is always a visible first argument. */
export type Tx = EntityManager;

import type { ClientBase } from 'pg';

const open = new WeakSet<ClientBase>();

/** Runs `work` in one transaction of this connection. If one is open already, in that one. */
export async function inTransaction<T>(connection: ClientBase, work: () => Promise<T>): Promise<T> {
  if (open.has(connection)) return work();
  open.add(connection);
  try {
    await connection.query('begin');
    const done = await work();
    await connection.query('commit');
    return done;
  } catch (error) {
    await connection.query('rollback').catch(() => undefined); // the first error is the one that matters
    throw error;
  } finally {
    open.delete(connection);
  }
}

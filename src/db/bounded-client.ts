import pg from 'pg';

const GOODBYE_MILLISECONDS = 1500;

/**
 * A client whose `end()` comes to an end: a server that swallows packets never closes its side, and a pool that waits
 * for it would hold up our shutdown. After a short goodbye the socket is dropped.
 */
export class BoundedClient extends pg.Client {
  override end(): Promise<void>;
  override end(callback: (error?: Error) => void): void;
  override end(callback?: (error?: Error) => void): Promise<void> | void {
    const force = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MILLISECONDS).unref();
    this.once('end', () => clearTimeout(force));
    return callback === undefined ? super.end() : super.end(callback);
  }
}

import { type ClientRequest, get } from 'node:http';

const DATA = '\ndata: ';

/** Listens to the feed's event stream and hands on the JSON of each event, unparsed: the cores are shared. */
export class EventStream {
  private rest = '';

  private constructor(
    private readonly request: ClientRequest,
    private readonly hear: (json: string) => void,
  ) {}

  /** Resolves once the stream has begun. */
  static open(port: number, key: string, query: string, hear: (json: string) => void): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const path = `/api/v1/changes/stream?${query}`;
      const request = get({ host: '127.0.0.1', port, path, headers: { authorization: `Bearer ${key}` } });
      const stream = new EventStream(request, hear);
      request.once('error', reject);
      request.once('response', (response) => {
        if (response.statusCode !== 200) reject(new Error(`the stream was refused: ${response.statusCode}`));
        response.setEncoding('utf8').on('data', (piece: string) => stream.take(piece));
        resolve(stream);
      });
    });
  }

  close(): void {
    this.request.on('error', () => undefined).destroy();
  }

  private take(piece: string): void {
    const blocks = (this.rest + piece).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const at = block.indexOf(DATA);
      if (at >= 0) this.hear(block.slice(at + DATA.length));
    }
  }
}

// Asks a server many times from a process of its own, so that the CPU of the test's process is the server's alone.
// Each message is { port, requests: [base64], times, atOnce }; the answer is the statuses in their order.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const { port, request, times, atOnce } = JSON.parse(line);
  const bytes = Buffer.from(request, 'base64');
  let left = times;
  const statuses = [];
  const lane = async () => {
    while (left-- > 0) statuses.push(await ask(port, bytes));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  process.stdout.write(`${JSON.stringify(statuses)}\n`);
}

/** One connection a request: what is done after the answer, such as reading the rest of a body, is done. */
function ask(port, bytes) {
  return new Promise((resolve, reject) => {
    let head = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      if (head.length < 20) head += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(Number(head.split(' ', 2)[1])));
    socket.on('error', reject);
  });
}

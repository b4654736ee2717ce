import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every GET with what was PUT last. */

let kept: Buffer = Buffer.alloc(0);

const server = createServer(async (request, response) => {
  if (request.method === 'PUT') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    kept = Buffer.concat(chunks);
    response.end();
  } else response.end(kept);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

import { createServer, type Server } from 'node:http';
import type { RoomMessage } from '../../../../contract/live.ts';

/**
 * The desk of a reference: POST a list of messages as the room takes them; each public frame gets its number and is
 * told. Nothing is validated, logged or remembered.
 */
export const createDesk = (tell: (frame: object) => void): Server => {
  let seq = 0;
  return createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.end('ok');
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    for (const { public: frame } of JSON.parse(Buffer.concat(pieces).toString()) as RoomMessage[]) {
      seq += 1;
      tell({ ...frame, seq });
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ seq }));
  });
};

/** Listens where nobody else does, says where, and ends with who started it. */
export function open(server: Server): void {
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', 4_096, () => {
    const address = server.address();
    process.send?.(address !== null && typeof address === 'object' ? address.port : 0);
  });
}

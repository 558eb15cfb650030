// Plain `ws`, as fast as it goes: the frame is made into bytes once, and sent to all without compression.
import { WebSocket, WebSocketServer } from 'ws';
import { createDesk, open } from './reference.ts';

const server = createDesk((frame) => {
  const bytes = Buffer.from(JSON.stringify(frame));
  for (const client of sockets.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(bytes, { binary: false });
  }
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => socket.on('error', () => socket.terminate()));
open(server);

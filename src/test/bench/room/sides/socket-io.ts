// socket.io with its own adapter, WebSockets only: no polling first, no compression.
import { Server } from 'socket.io';
import { createDesk, open } from './reference.ts';

const server = createDesk((frame) => io.emit('frame', frame));
const io = new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
open(server);

import { createServer, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface Cable {
  /** for a browser context's `proxy.server` */
  url: string;
  /** Ends every connection at once and lets no new one through. */
  cut(): void;
  mend(): void;
  close(): void;
}

/**
 * A proxy between one browser and the platform whose cable can be pulled out: open sockets die as well,
 * which a browser's own offline mode spares. Every host is this machine.
 */
export async function layCable(): Promise<Cable> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (isCut) socket.destroy();
  };
  const server = createServer((incoming, outgoing) => {
    const { port, pathname, search } = new URL(incoming.url ?? '/');
    const { method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, path: pathname + search, method, headers, agent: false });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connection', keep);
  server.on('connect', (asked, socket: Socket) => {
    const onward = connect(Number(asked.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    keep(onward);
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}

import type { LiveSocket } from '../../../client/shared/live-connection.ts';
import { knock, type Stub } from '../../../../workers/room/test-support/room-harness.ts';

/** The browser's side of a socket, over the room's own door. */
export function socketTo(room: Stub) {
  return class implements LiveSocket {
    onmessage: LiveSocket['onmessage'] = null;
    onclose: LiveSocket['onclose'] = null;
    socket: WebSocket | null = null;

    constructor(url: string) {
      const query = new URL(url).searchParams;
      void knock(room, { ticket: query.get('ticket') ?? '', since: query.get('since') ?? undefined }).then(
        (response) => {
          this.socket = response.webSocket;
          if (this.socket === null) return this.onclose?.({ code: 1006 });
          this.socket.addEventListener('message', (event) => {
            this.onmessage?.({ data: event.data });
          });
          this.socket.addEventListener('close', (event) => {
            this.onclose?.({ code: event.code });
          });
          this.socket.accept();
        },
      );
    }

    send(data: string): void {
      this.socket?.send(data);
    }

    close(): void {
      this.socket?.close(1000);
    }
  };
}

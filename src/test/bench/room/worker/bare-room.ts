import { DurableObject } from 'cloudflare:workers';
import type { RoomMessage } from '../../../../contract/live.ts';

/** The least that a Durable Object can do to tell everybody: what of the room's time is the runtime's. */
export class BareRoom extends DurableObject {
  private seq = 0;

  async publish(messages: RoomMessage[]): Promise<{ seq: number }> {
    for (const { public: frame } of messages) {
      this.seq += 1;
      const json = JSON.stringify({ ...frame, seq: this.seq });
      for (const socket of this.ctx.getWebSockets()) socket.send(json);
    }
    return { seq: this.seq };
  }

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    socket.close();
  }
}

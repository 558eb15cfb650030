import { ACK_FRAMES, ACK_SECONDS, PING_FRAME, PROTOCOL_VERSION } from '../../../contract/live-constants.ts';

/** Whose server a socket is at. */
export type DialectName = 'room' | 'plain' | 'socket.io';

interface Answer {
  /** what to say to it */
  say: string | null;
  /** The socket is in: all frames from now on come to it. `seq` is where the server is, if it says so. */
  welcome: { epoch: string; seq: number } | null;
}

/** What a socket has to say so that its server serves it. Receiving is the same for all. */
export interface Dialect {
  /** bytes that stand before a frame */
  prefix: number;
  /** it is in as soon as it is open */
  isInAtOnce: boolean;
  /** How to take a message that is no photo's frame. */
  answer(text: string): Answer;
  /** after so many frames, or so many milliseconds after the first of them */
  acknowledges: { frames: number; ms: () => number; text: (seq: number) => string } | null;
}

const NOTHING: Answer = { say: null, welcome: null };

export const DIALECTS: Record<DialectName, Dialect> = {
  // As `client/shared/live-connection.ts` speaks.
  room: {
    prefix: 0,
    isInAtOnce: false,
    answer(text) {
      const frame = JSON.parse(text) as { type: string; epoch: string; seq: number };
      return frame.type === 'hello' ? { say: PING_FRAME, welcome: { epoch: frame.epoch, seq: frame.seq } } : NOTHING;
    },
    acknowledges: {
      frames: ACK_FRAMES,
      ms: () => ACK_SECONDS * 1000 * (1 - Math.random() / 2),
      text: (seq) => JSON.stringify({ v: PROTOCOL_VERSION, type: 'ack', seq }),
    },
  },
  plain: { prefix: 0, isInAtOnce: true, answer: () => NOTHING, acknowledges: null },
  // Engine.IO 4 and Socket.IO 5 by hand: socket.io-client would cost more here than its server there.
  'socket.io': {
    prefix: '42["frame",'.length,
    isInAtOnce: false,
    answer(text) {
      if (text.startsWith('0{')) return { say: '40', welcome: null };
      if (text === '2') return { say: '3', welcome: null };
      return text.startsWith('40') ? { say: null, welcome: { epoch: '', seq: 0 } } : NOTHING;
    },
    acknowledges: null,
  },
};

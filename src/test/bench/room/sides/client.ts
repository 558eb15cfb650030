import { WebSocket } from 'ws';
import { sharedNow } from '../clock.ts';
import type { Dialect } from '../dialects.ts';

export interface Place {
  epoch: string;
  seq: number;
}

export interface Client {
  /** The last frame it has; null before the first. */
  place(): Place | null;
  /** Gone at once, without a word. */
  cut(): void;
  /** Stays, and never reads again. */
  stall(): void;
}

interface ClientOptions {
  url: string;
  dialect: Dialect;
  /** where it was before, when it comes back */
  since: Place | null;
  onOpen?: () => void;
  /** All frames from now on come here; `seq` is where the server is, where it says so. */
  onIn: (seq: number) => void;
  /** `seq` of a photo's frame, and when it came, by `sharedNow` */
  onFrame: (seq: number, at: number) => void;
  /** It ended without `cut`, or a frame was missing before this one. */
  onLost: (why: string) => void;
}

const NUMBER = '"seq":';
const ZERO = 48;

/**
 * Every frame that is measured ends in its number.
 * @returns the number; 0 for what is no photo's frame
 */
function seqOf(data: Buffer, prefix: number): number {
  // `{"v":1,"type":"photo.approved"`: of what is sent here, nothing else has these two letters there.
  if (data[prefix + 15] !== 0x70 || data[prefix + 16] !== 0x68) return 0;
  let seq = 0;
  for (let at = data.lastIndexOf(NUMBER) + NUMBER.length; ; at += 1) {
    const digit = (data[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return seq;
    seq = seq * 10 + digit;
  }
}

/** One client, the same code for every server; in what they differ stands in the dialect. */
export function openClient(options: ClientOptions): Client {
  const { url, dialect, since, onOpen, onIn, onFrame, onLost } = options;
  const { acknowledges } = dialect;
  const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
  let epoch = since?.epoch ?? '';
  let last = since?.seq ?? null;
  let unacked = 0;
  let isCut = false;
  let timer: NodeJS.Timeout | undefined;

  socket.on('open', () => {
    onOpen?.();
    if (dialect.isInAtOnce) onIn(0);
  });
  socket.on('message', (data: Buffer) => {
    const seq = seqOf(data, dialect.prefix);
    if (seq === 0) return answer(data.toString());
    onFrame(seq, sharedNow());
    if (last !== null && seq !== last + 1) return lose(`frame ${seq} came after ${last}`);
    last = seq;
    if (acknowledges === null) return undefined;
    unacked += 1;
    if (unacked >= acknowledges.frames) acknowledge();
    else timer ??= setTimeout(acknowledge, acknowledges.ms());
    return undefined;
  });
  socket.on('error', (error) => lose(error.message));
  socket.on('close', (code) => lose(`closed with ${code}`));

  function answer(text: string): void {
    const { say, welcome } = dialect.answer(text);
    if (say !== null) socket.send(say);
    if (welcome === null) return;
    epoch = welcome.epoch;
    onIn(welcome.seq);
  }

  function acknowledge(): void {
    clearTimeout(timer);
    timer = undefined;
    unacked = 0;
    if (acknowledges !== null && socket.readyState === WebSocket.OPEN) socket.send(acknowledges.text(last ?? 0));
  }

  function lose(why: string): void {
    if (isCut) return;
    cut();
    onLost(why);
  }

  function cut(): void {
    isCut = true;
    clearTimeout(timer);
    socket.terminate();
  }

  return { place: () => (last === null ? null : { epoch, seq: last }), cut, stall: () => socket.pause() };
}

import { useEffect, useRef } from 'preact/hooks';
import type { LiveFrame } from '../../shared/live-frames.ts';

type Listener = (frame: LiveFrame) => void;
const listeners = new Set<Listener>();
let speaker: ((frame: object) => void) | null = null;

/** Whoever holds the socket of the event one is in lets the page hear what it says, and speak through it. */
export const eventLine = {
  hold(send: (frame: object) => void): () => void {
    speaker = send;
    return () => {
      if (speaker === send) speaker = null;
    };
  },
  pass(frame: LiveFrame): void {
    listeners.forEach((listener) => listener(frame));
  },
};

/**
 * What the event's room says, for a page that leaves the counting, and with it the socket, to the shell. After every
 * `hello` the page asks again for what it shows. @returns how to say something; nobody hears it while the line is cut
 */
export function useEventLine(onFrame: Listener): (frame: object) => void {
  const latest = useRef(onFrame);
  latest.current = onFrame;
  useEffect(() => {
    const listener: Listener = (frame) => latest.current(frame);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return (frame) => {
    if (speaker) speaker(frame);
  };
}

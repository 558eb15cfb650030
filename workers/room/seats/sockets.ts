import { CLOSE_EXPIRED, PROTOCOL_VERSION, type ServerFrame } from '../../../src/contract/live.ts';

export const isOpen = (socket: WebSocket): boolean => socket.readyState === WebSocket.OPEN;

/**
 * Sends to one socket and never throws: a socket that broke without a close event must not keep a
 * frame from the others.
 */
export function send(socket: WebSocket, json: string): void {
  try {
    socket.send(json);
  } catch {
    close(socket, 1011, 'broken');
  }
}

export const frameText = (frame: ServerFrame): string => JSON.stringify(frame);

export const errorText = (code: string): string => frameText({ v: PROTOCOL_VERSION, type: 'error', code });

export function close(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // It is closed already, or the code is one that may not be sent (1005, 1006): nothing is left to do.
  }
}

export const closeExpired = (socket: WebSocket): void => close(socket, CLOSE_EXPIRED, 'session expired');

import { Agent, request } from 'node:http';

export interface PlatformAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  json<T>(): T;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/**
 * One request to a platform on this machine. Node does not resolve `*.localhost` and fetch allows no
 * Host header, so the connection goes to 127.0.0.1 and the host is named.
 * @throws what the connection throws, and after `timeoutMs` (default 60 s)
 */
export function callPlatform(
  port: number,
  call: {
    method: string;
    path: string;
    host: string;
    headers?: Record<string, string>;
    body?: Buffer | string;
    timeoutMs?: number;
  },
): Promise<PlatformAnswer> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { ...call.headers, host: call.host };
    if (call.body !== undefined) headers['content-length'] = Buffer.byteLength(call.body);
    const outgoing = request(
      { host: '127.0.0.1', port, agent, method: call.method, path: call.path, headers },
      (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on('data', (piece: Buffer) => pieces.push(piece));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const body = Buffer.concat(pieces);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body,
            json: <T>() => JSON.parse(body.toString('utf8')) as T,
          });
        });
      },
    );
    outgoing.setTimeout(call.timeoutMs ?? 60_000, () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(call.body);
  });
}

import { call, eventPath, type Answer } from './api.ts';
import { connectLive, type LiveConnection, type LiveOptions } from './live-connection.ts';

const NO_EPOCH = 'none';

/** Asks for tickets and sockets of one event; `ask` lets the console add its token. */
export function connectEvent(
  event: string,
  options: Pick<LiveOptions, 'since' | 'onFrame' | 'onState' | 'onReset'>,
  ask: (path: string) => Promise<Answer<{ ticket: string }>> = (path) => call(path, { method: 'POST' }),
): LiveConnection {
  return connectLive({
    ...options,
    ticket: async () => {
      const answer = await ask(eventPath(event, '/live-ticket'));
      if (!answer.ok) throw answer;
      return answer.data.ticket;
    },
    url: (ticket, since) => {
      // An event whose room nobody has opened yet has no epoch. One that no room has brings the snapshot, so that
      // what was published between the page and its socket is not missed.
      const resume = since ? `&since=${encodeURIComponent(`${since.epoch || NO_EPOCH}.${since.seq}`)}` : '';
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
      return `${scheme}://${location.host}${eventPath(event, '/live')}?ticket=${encodeURIComponent(ticket)}${resume}`;
    },
  });
}

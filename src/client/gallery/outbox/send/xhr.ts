import type { Transport } from './sender.ts';

/** No byte moved for this long: the connection is dead although nobody says so. */
const STALLED_MS = 45_000;
/** All is sent, and the photo is read back and judged. */
const FINISHING_MS = 120_000;

/** `XMLHttpRequest`, because `fetch` tells nothing about what has gone out. */
export const sendByXhr: Transport = ({ method, url, headers, body, onBytes, stop }) =>
  new Promise((resolve) => {
    const nothing = () => {
      end();
      resolve({ status: 0, header: () => null, text: '' });
    };
    if (stop.isStopped) return resolve({ status: 0, header: () => null, text: '' });
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(timer);
      if (stop.now === abort) stop.now = null;
    };
    const abort = () => request.abort();
    const watch = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(abort, ms);
    };
    request.open(method, url);
    for (const name of Object.keys(headers)) request.setRequestHeader(name, headers[name] as string);
    request.upload.onprogress = ({ loaded }) => {
      watch(body && loaded >= body.size ? FINISHING_MS : STALLED_MS);
      if (onBytes) onBytes(loaded);
    };
    request.onerror = request.onabort = request.ontimeout = nothing;
    request.onload = () => {
      end();
      resolve({
        status: request.status,
        header: (name) => request.getResponseHeader(name),
        text: request.responseText,
      });
    };
    stop.now = abort;
    watch(STALLED_MS);
    request.send(body || null);
  });

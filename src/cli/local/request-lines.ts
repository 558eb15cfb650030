/** What one line of the Workers' output is to a person. */
export type OutputLine =
  { kind: 'request'; text: string } | { kind: 'problem'; text: string } | { kind: 'detail'; text: string };

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;
/** wrangler's own request lines say less than the gateway's. */
const WRANGLER_REQUEST = /^\[wrangler:info\] [A-Z]+ /;
/** With several Workers, wrangler says whose line it is. */
const WORKER_PREFIX = /^\[momentique[a-z-]*\] /;
const NOISE = [
  /Unable to fetch the `Request\.cf` object/,
  /Scheduled Workers are not automatically triggered/,
  /Falling back to a default placeholder/,
  // wrangler lists variables with the beginning of their values, secrets among them
  /^\s*env\.\w+ \(.*Environment Variable/,
];

/** Pure: sorts one line; null for what nobody needs to read, not even in the log. */
export function readOutputLine(raw: string): OutputLine | null {
  const text = raw.replace(COLOURS, '').trimEnd();
  if (text.trim() === '' || NOISE.some((noise) => noise.test(text))) return null;
  const entry = parseObject(text.replace(WORKER_PREFIX, ''));
  if (entry) return entryLine(entry);
  if (WRANGLER_REQUEST.test(text)) return { kind: 'detail', text };
  if (/\[ERROR\]|^✘|Uncaught|^Error:/.test(text)) return { kind: 'problem', text };
  return { kind: 'detail', text };
}

function entryLine(entry: Record<string, unknown>): OutputLine {
  if (entry['at'] === 'request') {
    const { method, host, path, status, ms } = entry;
    const text = `${method} ${host}${path} ${status} ${ms} ms`;
    // The supervisor's own questions are not traffic.
    if (path === '/healthz') return { kind: 'detail', text };
    return { kind: 'request', text };
  }
  const problem = entry['error'] !== undefined || entry['level'] === 'error';
  return { kind: problem ? 'problem' : 'detail', text: JSON.stringify(entry) };
}

function parseObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

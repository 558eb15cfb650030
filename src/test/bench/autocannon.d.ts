/** What the benchmarks use of autocannon 9, which has no types of its own. */
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    /** seconds */
    duration: number;
    /** seconds before a request counts as an error */
    timeout?: number;
    headers?: Record<string, string>;
  }
  interface Result {
    requests: { total: number };
    latency: { p50: number; p99: number };
    /** seconds */
    duration: number;
    /** connections that broke, time-outs included */
    errors: number;
    timeouts: number;
    mismatches: number;
    non2xx: number;
    throughput: { average: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}

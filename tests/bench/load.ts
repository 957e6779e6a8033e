import autocannon from 'autocannon';
import { quantile } from './results.ts';

/** A process of its own, so that making requests does not slow the server that answers them. */

export type Order = {
  url: string;
  cookie: string;
  connections: number;
  seconds: number;
  /** Requests a second; as many as the server answers when not given. */
  rate?: number;
};
/** `times`: of every request in milliseconds, the shortest first. */
export type Measured = {
  requests: number;
  p50: number;
  p99: number;
  failed: number;
  times: number[];
};

process.on('message', (order: Order) => {
  void measure(order).then((measured) => process.send?.(measured));
});

function measure({ url, cookie, connections, seconds, rate }: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    let failed = 0;
    const started = performance.now();
    const options = {
      url,
      connections,
      duration: seconds,
      headers: { cookie },
      ...(rate ? { overallRate: rate } : {}),
    };
    const instance = autocannon(options, (error) => {
      if (error) return reject(error);
      const elapsed = (performance.now() - started) / 1000;
      times.sort((a, b) => a - b);
      resolve({
        requests: times.length / elapsed,
        p50: quantile(times, 0.5),
        p99: quantile(times, 0.99),
        failed,
        times,
      });
    });
    // Autocannon's own histogram counts whole milliseconds.
    instance.on('response', (_client, status, _bytes, time) => {
      times.push(time);
      if (status !== 200) failed += 1;
    });
    instance.on('reqError', () => (failed += 1));
  });
}

/** The one place that knows the file: in Node, tests and benchmarks compile it themselves. */
export { default as PIXELS } from './pixels.wasm';

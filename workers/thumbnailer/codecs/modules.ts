import avifDecoder from '@jsquash/avif/codec/dec/avif_dec.wasm';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import pixels from './pixels.wasm';

/** What is compiled at deployment, for the runtime forbids compiling; Node, tests and benchmarks compile it themselves. */
export interface CodecModules {
  pixels: WebAssembly.Module;
  /** with SIMD, which the runtime has had since 2021 */
  webpEncoder: WebAssembly.Module;
  avifDecoder: WebAssembly.Module;
}

export const MODULES: CodecModules = { pixels, webpEncoder, avifDecoder };

/** Wrangler hands a compiled module over for each static import of a `.wasm` file. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
// wasm-bindgen ships declarations of the exports beside this one, which would win over the pattern.
declare module '@jsquash/png/codec/pkg/squoosh_png_bg.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

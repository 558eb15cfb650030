/** A worker as one file without imports; its address. */
declare module '*?worker&url' {
  const url: string;
  export default url;
}

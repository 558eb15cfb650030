/** A field of a struct in a module's memory. */
export interface ConfigField {
  name: string;
  /** bytes from the beginning of the struct */
  offset: number;
  isFloat: boolean;
}

/** Fills a struct; fields that `values` does not name are 0. @throws for a value that has no field */
export function writeConfig(
  view: DataView,
  fields: readonly ConfigField[],
  values: Readonly<Record<string, number>>,
): void {
  const known = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`The encoder knows no ${unknown}`);
  for (let at = 0; at < view.byteLength; at += 4) view.setUint32(at, 0, true);
  for (const { name, offset, isFloat } of fields) {
    const value = values[name] ?? 0;
    if (isFloat) view.setFloat32(offset, value, true);
    else view.setInt32(offset, value, true);
  }
}

/** A text of Latin letters that ends with a 0. */
export function readText(memory: WebAssembly.Memory, at: number): string {
  const bytes = new Uint8Array(memory.buffer);
  return String.fromCharCode(...bytes.subarray(at, bytes.indexOf(0, at)));
}

/** The ids with one of them moved to a place; places beyond the ends are the ends. */
export function moveTo(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((one) => one !== id);
  if (rest.length === ids.length) return rest;
  rest.splice(Math.max(0, Math.min(to, rest.length)), 0, id);
  return rest;
}

/** Things in the order of their ids; those that the order does not name come last. */
export function placed<T extends { id: string }>(items: readonly T[], ids: readonly string[]): T[] {
  const place = (item: T) => {
    const at = ids.indexOf(item.id);
    return at < 0 ? ids.length : at;
  };
  return items.slice().sort((a, b) => place(a) - place(b));
}

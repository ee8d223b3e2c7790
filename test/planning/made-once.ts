// A plan that many tests of a file start from: made by the first of them that asks, not when the file is loaded.

/** Makes it once, when it is first asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

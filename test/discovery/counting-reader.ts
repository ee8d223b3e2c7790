// A reader that writes down what it is asked, in front of another one. It must not change an answer.

import type { VaultReader } from "../../src/model/ports.ts";

export type CountingReader = { readonly reader: VaultReader; readonly asked: readonly string[] };

/** `asked` grows by `method parameter` with every question. */
export function counting(behind: VaultReader): CountingReader {
  const asked: string[] = [];
  const noted =
    <A extends readonly string[], R>(name: string, ask: (...parameters: A) => R) =>
    (...parameters: A): R => {
      asked.push([name, ...parameters].join(" "));
      return ask(...parameters);
    };
  const reader = Object.fromEntries(
    Object.entries(behind).map(([name, ask]) => [name, noted(name, ask as (...parameters: string[]) => unknown)]),
  ) as unknown as VaultReader;
  return { reader, asked };
}

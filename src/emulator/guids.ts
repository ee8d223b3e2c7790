// Ids and url signatures that look random and are the same in every run of the same world.
// It must not use real randomness: runs must be repeatable.
import { hash } from "node:crypto";

import type { State } from "./state.ts";

/** One digest is long enough for two: the second of a pair is kept until it is asked for. */
const pairs = new WeakMap<State, { readonly number: number; readonly hex: string }>();

export function newGuid(state: State): string {
  state.issuedIds += 1;
  const hex = pairOf(state).slice(32 * (state.issuedIds % 2));
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? "8";
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

function pairOf(state: State): string {
  const number = Math.floor(state.issuedIds / 2);
  const known = pairs.get(state);
  if (known?.number === number) return known.hex;
  const hex = hash("sha256", `${state.document.name}:${number}:pair`, "hex");
  pairs.set(state, { number, hex });
  return hex;
}

/** Recorded since 2024: t, c, s and h on every operation url. The real ones are 5–6 kB. */
export function urlSignature(state: State): string {
  state.issuedIds += 1;
  const ticks = digest(state, "hex").replaceAll(/[a-f]/gu, "7").slice(0, 18);
  const [c, s, h] = ["c", "s", "h"].map((part) => digest(state, "base64url", part).repeat(2).slice(0, 64));
  return `t=${ticks}&c=${c}&s=${s}&h=${h}`;
}

function digest(state: State, encoding: "hex" | "base64url", salt = ""): string {
  return hash("sha256", `${state.document.name}:${state.issuedIds}:${salt}`, encoding);
}

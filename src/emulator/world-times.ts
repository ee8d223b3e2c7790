// Times in a world and on the wire: relative dates, Azure's date and duration texts.
// It must not read a clock of its own.
import { isObject } from "./json.ts";
import type { Json } from "./json.ts";

const relative = /^now(?:([+-])(\d+(?:\.\d+)?)([dhms]))?$/u;
const unit: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/**
 * Every text that is exactly `now`, `now-3d` or `now+2h` becomes a date; nothing else changes. What holds none is not copied:
 * what the bodies of a large world share, they go on sharing.
 */
export function resolveRelativeTimes(value: Json, now: number): Json {
  if (typeof value === "string") return resolveText(value, now);
  if (Array.isArray(value)) {
    const before: readonly Json[] = value;
    const resolved = before.map((entry) => resolveRelativeTimes(entry, now));
    return resolved.every((entry, index) => entry === before[index]) ? before : resolved;
  }
  if (!isObject(value)) return value;
  const before = Object.entries(value);
  const resolved = before.map(([name, entry]) => [name, resolveRelativeTimes(entry, now)] as const);
  return resolved.every(([, entry], index) => entry === before[index]?.[1]) ? value : Object.fromEntries(resolved);
}

export function isTime(value: string): boolean {
  return relative.test(value) || !Number.isNaN(Date.parse(value));
}

function resolveText(value: string, now: number): string {
  const match = relative.exec(value);
  if (!match) return value;
  const distance = Number(match[2] ?? 0) * (unit[match[3] ?? "s"] ?? 0);
  return azureDate(match[1] === "-" ? now - distance : now + distance);
}

/** `2024-04-28T07:36:32.8Z`: Azure cuts trailing zeros of the fraction. */
export function azureDate(at: number): string {
  return new Date(at).toISOString().replace(/\.?0*Z$/u, "Z");
}

/** .NET TimeSpan, e.g. `13.23:59:42.8656002`. */
export function timeSpan(milliseconds: number): string {
  const left = Math.max(0, Math.round(milliseconds));
  const days = Math.floor(left / 86_400_000);
  const clock = [Math.floor(left / 3_600_000) % 24, Math.floor(left / 60_000) % 60, Math.floor(left / 1_000) % 60];
  const fraction = left % 1_000 === 0 ? "" : `.${String((left % 1_000) * 10_000).padStart(7, "0")}`;
  return `${days > 0 ? `${days}.` : ""}${clock.map((part) => String(part).padStart(2, "0")).join(":")}${fraction}`;
}

/** ISO duration as in backup jobs, e.g. `PT1M51.0959625S`. */
export function isoDuration(milliseconds: number): string {
  const left = Math.max(0, Math.round(milliseconds));
  const hours = Math.floor(left / 3_600_000);
  const minutes = Math.floor(left / 60_000) % 60;
  const seconds = (left % 60_000) / 1_000;
  const shown = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${seconds > 0 ? `${seconds}S` : ""}`;
  return `PT${shown === "" ? "0S" : shown}`;
}

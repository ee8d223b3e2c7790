// Who holds a vault, as its lock file says it. Text in, text out: it reads no file and judges nobody.

import { randomBytes } from "node:crypto";
import { objectOf, oneOf, optional, textUpTo, wholeAboveZero, type Check } from "../model/shape.ts";
import type { Machine } from "./machine.ts";

export type LockHolder = {
  readonly formatVersion: 1;
  readonly pid: number;
  readonly host: string;
  /** ISO time at which the lock was taken. */
  readonly since: string;
  readonly run: string;
  /** No two locks ever taken have the same: it makes their texts differ. */
  readonly token: string;
  /** When the holding process started: a pid may be given out again. This and what follows: where the system tells. */
  readonly processStart?: string;
  /** Which start of the machine it is. */
  readonly boot?: string;
  readonly pidNamespace?: string;
  /** The machine's own id, the same after every start. */
  readonly machine?: string;
};

const lockFormatVersion = 1;

/** The text of a lock that this process takes now. */
export function lockText(run: string, now: Date, here: Machine): string {
  const self = here.processOf(process.pid);
  const holder: LockHolder = {
    formatVersion: lockFormatVersion,
    pid: process.pid,
    host: here.host,
    since: now.toISOString(),
    run,
    token: randomBytes(8).toString("hex"),
    ...(self?.start === undefined ? {} : { processStart: self.start }),
    ...(here.boot === undefined ? {} : { boot: here.boot }),
    ...(here.pidNamespace === undefined ? {} : { pidNamespace: here.pidNamespace }),
    ...(here.machine === undefined ? {} : { machine: here.machine }),
  };
  return JSON.stringify(holder);
}

/** Far above what a system calls anything; all of it is shown to people. */
const word = textUpTo(300);

const lockShape: Check<LockHolder> = objectOf<LockHolder>({
  formatVersion: oneOf([lockFormatVersion]),
  pid: wholeAboveZero,
  host: word,
  since: word,
  run: word,
  token: word,
  processStart: optional(word),
  boot: optional(word),
  pidNamespace: optional(word),
  machine: optional(word),
});

/** Who holds it; in words, why that cannot be told, where the text is not one that this version writes. */
export function readHolder(text: string): LockHolder | string {
  if (text.trim() === "") return "it is empty";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not JSON, or only the beginning of it";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is not a lock";
  const members = value as Readonly<Record<string, unknown>>;
  if (members["formatVersion"] !== lockFormatVersion)
    return `it has lock format version ${JSON.stringify(members["formatVersion"]) ?? "none"}, expected ${lockFormatVersion}`;
  const wrong = lockShape.wrong(value);
  return wrong === undefined ? (value as LockHolder) : `its ${wrong.path} ${wrong.what}`;
}

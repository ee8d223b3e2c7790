// Faults that are refused when the world is read, each in one clear line.
import { expect, test } from "vitest";

import { WorldError, parseWorld } from "../../../src/emulator/world.ts";
import { world } from "../world-builder.ts";

type Loose = { readonly match?: unknown; readonly fault?: unknown; readonly [name: string]: unknown };

function read(scripted: unknown): void {
  parseWorld(JSON.stringify({ ...world([]), faults: scripted }), "w.json");
}

const gone = { kind: "gone" };
const status = (members: object) => ({ fault: { kind: "status", status: 500, ...members } });

test.each<[Loose, RegExp]>([
  [{ fault: undefined }, /member 'faults\[0\]\.fault' is missing; add it$/u],
  [{ match: undefined }, /member 'faults\[0\]\.match' is missing; add it$/u],
  [{ fault: "gone" }, /'faults\[0\]\.fault' must be an object$/u],
  [{ fault: { kind: "explode" } }, /'faults\[0\]\.fault\.kind' is "explode"; use status or drop or no-answer or no-/u],
  [{ fault: {} }, /'faults\[0\]\.fault\.kind' is undefined; use status or drop or /u],
  [{ fault: { kind: "toString" } }, /'faults\[0\]\.fault\.kind' is "toString"; use /u],
  [{ fault: { ...gone, status: 404 } }, /unknown member 'faults\[0\]\.fault\.status'; known here: kind$/u],
  [{ fault: { kind: "drop" } }, /member 'faults\[0\]\.fault\.when' is missing; add it$/u],
  [{ fault: { kind: "drop", when: "during" } }, /'faults\[0\]\.fault\.when' is "during"; use before or after$/u],
  [{ fault: { kind: "fails", code: "X" } }, /member 'faults\[0\]\.fault\.message' is missing; add it$/u],
  [{ often: 2 }, /unknown member 'faults\[0\]\.often'; known here: match, fault, from, times, seen$/u],
  [{ match: { url: "/" } }, /unknown member 'faults\[0\]\.match\.url'; known here: method, path, query, apiVersion$/u],
  [{ match: { method: "FETCH" } }, /'faults\[0\]\.match\.method' is "FETCH"; use GET or HEAD or /u],
  [{ match: { path: "vaults/*" } }, /'faults\[0\]\.match\.path' is "vaults\/\*"; begin it with \/ or \*$/u],
  [{ match: { path: "*?api-version=1" } }, /'faults\[0\]\.match\.path' is .*; put what follows the \? into 'query'$/u],
  [
    { match: { method: "DELETE" }, fault: { kind: "stale-list" } },
    /'faults\[0\]\.match\.method' is "DELETE", but a stale-list fault hits GET alone; use GET or leave it out$/u,
  ],
  [{ from: 0 }, /'faults\[0\]\.from' is 0; use a whole number of 1 or more$/u],
  [{ from: 1.5 }, /'faults\[0\]\.from' is 1\.5; use a whole number of 1 or more$/u],
  [{ times: 0 }, /'faults\[0\]\.times' is 0; use a whole number of 1 or more, or "always"$/u],
  [{ times: "often" }, /'faults\[0\]\.times' is "often"; use a whole number of 1 or more, or "always"$/u],
  [{ times: null }, /'faults\[0\]\.times' is null; use a whole number of 1 or more, or "always"$/u],
  [{ seen: -1 }, /'faults\[0\]\.seen' must be a number of 0 or more$/u],
  [{ seen: 0.5 }, /'faults\[0\]\.seen' is 0\.5; use a whole number of 0 or more$/u],
  [status({ status: 99 }), /'faults\[0\]\.fault\.status' is 99; use a whole number from 200 to 599$/u],
  [status({ status: 600 }), /'faults\[0\]\.fault\.status' is 600; use a whole number from 200 to 599$/u],
  [status({ status: 200.5 }), /'faults\[0\]\.fault\.status' is 200\.5; use a whole number from 200 to 599$/u],
  [
    status({ status: 102 }),
    /'faults\[0\]\.fault\.status' is 102, which HTTP cannot carry as an answer; use a whole number from 200 to 599$/u,
  ],
  [
    status({ status: 204, text: "<html>" }),
    /'faults\[0\]\.fault\.text' cannot go with status 204, which has no body; remove it or use another status$/u,
  ],
  [status({ status: 205, code: "X" }), /'faults\[0\]\.fault\.code' cannot go with status 205, which has no body; /u],
  [status({ status: 304, message: "x" }), /'faults\[0\]\.fault\.message' cannot go with status 304, which has no/u],
  [status({ retryAfter: 0.5 }), /'faults\[0\]\.fault\.retryAfter' is 0\.5; use whole seconds$/u],
  [status({ headers: { "x y": "1" } }), /'faults\[0\]\.fault\.headers' names "x y", which cannot be a header; /u],
  [
    status({ headers: { x: 1 } }),
    /'faults\[0\]\.fault\.headers\.x' is 1; use a string that fits into one header line$/u,
  ],
  [status({ headers: { x: "a\nb" } }), /'faults\[0\]\.fault\.headers\.x' is "a\\nb"; use a string that fits into one/u],
  [
    status({ headers: { "Content-Length": "5" } }),
    /'faults\[0\]\.fault\.headers\.Content-Length' is set by the server; remove it$/u,
  ],
])("%j is refused", (scripted, message) => {
  const refused = () => read([{ match: {}, fault: gone, ...scripted }]);
  expect(refused).toThrow(WorldError);
  expect(refused).toThrow(message);
});

test("faults that are no list are refused", () => {
  expect(() => read({})).toThrow(/'faults' must be a list$/u);
});

test("the second fault is looked at too", () => {
  expect(() =>
    read([
      { match: {}, fault: gone },
      { match: {}, fault: gone, times: 0 },
    ]),
  ).toThrow(/'faults\[1\]\.times'/u);
});

test.each([
  { match: {}, fault: gone, from: 2, times: "always", seen: 0 },
  { match: { method: "get", path: "*", query: "", apiVersion: "x" }, fault: { kind: "stale-list" } },
  { match: { path: "/*" }, ...status({ status: 204, text: "", retryAfter: 0, headers: { "x-a": "é\t" } }) },
])("%j can be used", (scripted) => {
  expect(() => read([scripted])).not.toThrow();
});

// Names as an attacker would choose them, a world full of them, and what of them must never be shown. It must not test
// anything.

import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";

/** Anything that is not to be seen, but for the line feed between lines. Spelled out apart from the code under test. */
export const forbidden: RegExp =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\uDB40][\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * What an id may hold: Azure refuses C0 and DEL in addresses, and a slash would be another segment. A command of a build
 * server, C1, separators, bidi controls and isolates, marks without a width, a formula, HTML and Markdown.
 */
export const inIds =
  "::error::x\u0085\u009B31m\u2028\u2029\u202E\u2066\u2069\u200E\u200F\u061C\u200B\u200D\uFEFF\u{E0041}\u00AD=1+1<b>&|*a*`b`";

/** The same and what a name may hold besides: ANSI and OSC sequences, line breaks, half a character, paths. */
export const inNames: string = `${inIds}\u001B[2J\u001B]0;x\u0007\r\n\u007F##vso[task.complete]\uD800\\u202e/../..\\"'`;

/** Names that stand in ids of this world, of a vault, a group, a machine and a server; those of locks have rules of their own. */
const named = /\b(rsv-everything-neu|rg-backup-neu|vm-app-02|cs-01|rsv-backup-weu|vm-web-01)(?![-\w])/g;

const displayed = /(friendlyName|^notes|^description|recoveryAzureVM?Name|computerName)$/i;

/** A shipped world, under hostile names wherever one can stand, some sixteen times as fast. */
export function hostileWorld(name: string): World {
  const text = JSON.stringify(loadWorld(name)).replaceAll(named, (it) => `${it}${JSON.stringify(inIds).slice(1, -1)}`);
  const world = JSON.parse(text, (member, value: unknown) =>
    typeof value === "string" && value !== "" && displayed.test(member) ? `${value}${inNames}` : value,
  ) as World;
  const vaults = world.vaults.map((vault) => ({ ...vault, tags: { [`team${inNames}`]: inNames } }));
  return { ...world, name: `hostile${inNames}`, speed: 1000, vaults };
}

/** The path of a new world file in the folder. */
export function written(world: World, folder: string): string {
  const path = join(folder, `${randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(world));
  return path;
}

/** Fails when anything steers, hides or deceives in what was printed. */
export function expectHarmless(...printed: readonly string[]): void {
  for (const text of printed) {
    const found = forbidden.exec(text);
    expect(found === null ? "" : text.slice(Math.max(0, found.index - 80), found.index + 20)).toBe("");
    expect(text).not.toMatch(/^\s*::|##/m);
  }
}

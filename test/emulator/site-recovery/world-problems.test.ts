// Worlds whose Site Recovery part cannot be used are refused in one clear line.
import { expect, test } from "vitest";

import type { WorldReplication } from "../../../src/emulator/site-recovery/world-replication.ts";
import { parseWorld } from "../../../src/emulator/world.ts";
import { bare, fabric, item, itemPath, replicatingWorld, runningJob } from "../replication-builder.ts";

const about = itemPath("east", "vm1");
const cases: readonly (readonly [string, readonly WorldReplication[], RegExp])[] = [
  [
    "a path that is none",
    [bare("fabrics", "fabrics/east")],
    /'vaults\[0\]\.replication\.fabrics\[0\]\.path' is 'fabrics\/east'; use replicationFabrics\/\{name\}$/u,
  ],
  [
    "an item without its fabric",
    [item("east", "vm1")],
    /protectedItems\[0\]\.path' stands in 'replicationfabrics\/east', which is not in the world; add it$/u,
  ],
  [
    "an item without its container",
    [bare("fabrics", "replicationFabrics/east"), item("east", "vm1")],
    /stands in '.*container-east', which is not in the world; add it$/u,
  ],
  [
    "a fabric listed twice",
    [fabric("east"), bare("fabrics", "replicationFabrics/EAST")],
    /is 'replicationFabrics\/EAST', which is listed twice; remove one$/u,
  ],
  [
    "a job about something that is not there",
    [fabric("east"), runningJob("j1", { about })],
    /jobs\[0\]\.about' is '.*vm1', which is not in the world; add it$/u,
  ],
  [
    "a time that is none",
    [fabric("east"), item("east", "vm1"), runningJob("j1", { about, completesAt: "soon" })],
    /completesAt' is 'soon'; use a date or one like "now-3d"$/u,
  ],
];

test.each(cases)("%s is refused, with what to do", (_what, parts, message) => {
  expect(() => parseWorld(JSON.stringify(replicatingWorld(parts)), "w.json")).toThrow(message);
});

test("an unknown member is named", () => {
  const text = JSON.stringify(replicatingWorld([fabric("east")])).replace('"fabrics"', '"clouds"');
  expect(() => parseWorld(text, "w.json")).toThrow(
    /unknown member 'vaults\[0\]\.replication\.clouds'; known here: fabrics, /u,
  );
});

// `recover` where some of what is soft-deleted is left to a person: that is told before and after, and never taken for nothing.

import { expect, it } from "vitest";
import type { WorldVault } from "../../src/emulator/world.ts";
import type { RunDocument } from "../../src/reporting/run-document.ts";
import { softDeleted, vault, vm } from "../emulator/world-builder.ts";
import { fileOf, recovered } from "./recoverable-worlds.ts";

const gone = softDeleted("2026-02-25T10:00:00Z");
const machine = vm("vm-1", { ...gone, protectedItemType: "Microsoft.Compute/virtualMachines" });
const server = vm("files-1", {
  ...gone,
  backupManagementType: "MAB",
  workloadType: "FileFolder",
  protectedItemType: "MabFileFolderProtectedItem",
});
const novelty = vm("thing-1", { ...gone, workloadType: "Novelty", protectedItemType: "AzureNovelty" });

function of(...parts: NonNullable<Parameters<typeof vault>[0]>["parts"] & object): readonly WorldVault[] {
  return [vault({ parts })];
}

it("names it in the result of a recovery that brought back the rest", async () => {
  const words = ["--vault", "rsv-test", "--confirm", "rsv-test"];
  const { code, stdout, stderr } = await recovered(fileOf(of(machine, server, novelty)), ...words, "--format", "json");
  expect(code, stderr).toBe(0);
  const { recovery } = JSON.parse(stdout) as RunDocument;
  expect(recovery?.byHand.map(({ what, subjects }) => [what, subjects])).toEqual([
    ["backups of servers outside Azure", ["files-1"]],
    ["backup items of types this version does not know", ["thing-1"]],
  ]);
  const shown = await recovered(fileOf(of(machine, server, novelty)), ...words);
  expect(shown.stdout).toContain("by hand   backup items of types this version does not know: thing-1\n");
});

it.each([
  ["all there is", []],
  ["what was asked for", ["--item", "thing-?"]],
])("is not taken for nothing where it is %s", async (_what, words) => {
  const { code, stdout, stderr } = await recovered(fileOf(of(novelty)), "--vault", "rsv-test", ...words);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toBe(
    "nothing of this can be brought back in rsv-test from here: backup items of types this version does not know: thing-1: undelete each in the portal: vault, backup items, Undelete\n",
  );
});

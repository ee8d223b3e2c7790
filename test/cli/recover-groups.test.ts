// The resource group that a deleted vault returns to, where it is gone: one line with the command that makes it again.

import { expect, it } from "vitest";
import { vault, vaultId } from "../emulator/world-builder.ts";
import { deletedVault, fileOf, recovered } from "./recoverable-worlds.ts";

it.each([
  ["rg-test", "rg-test"],
  ["rg(prod)", "'rg(prod)'"],
])("is named for a shell: %s", async (group, word) => {
  const id = vaultId.replace("rg-test", group);
  const deletedVaults = [{ ...deletedVault(1, { vaultId: id }), contents: vault({ id }) }];
  const file = fileOf([], { deletedVaults, resourceGroups: [] });
  for (const named of [[], ["--resource-group", group]]) {
    const { code, stdout, stderr } = await recovered(file, "--vault", "rsv-test", ...named, "--confirm", "rsv-test");
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^rsv-test returns to the resource group .*, which does not exist any more: create it, /);
    expect(stderr).toContain(`az group create --name ${word} --location westeurope --subscription 0000`);
  }
});

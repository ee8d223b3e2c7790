// The tag that keeps this tool away: on the vault or on its resource group, whatever else is allowed.

import { describe, expect, it } from "vitest";
import { vault } from "../../src/dependencies/vault.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { ArmResource } from "../../src/model/ports.ts";
import { consents } from "../../src/model/step.ts";
import { readerOf, vaultAnswer, vaultPath } from "./arm-answers.ts";
import { contextOf, only, vault as builtVault } from "./builders.ts";

const groupId = vaultPath.split("/providers/")[0]!;

function group(tags: Readonly<Record<string, string>>): ArmResource {
  return { id: groupId, name: "rg", tags, properties: {} };
}

async function protectedBy(
  ofVault: Readonly<Record<string, string>>,
  ofGroup: Readonly<Record<string, string>> | undefined,
): Promise<readonly string[]> {
  const reader = readerOf({
    vault: async () => ({ ...vaultAnswer(), tags: ofVault }),
    resourceGroup: async (id) => (ofGroup !== undefined && id === groupId ? group(ofGroup) : undefined),
  });
  return only(await vault.list(reader)).protectedByTag;
}

describe("the protect tag", () => {
  it("is found on the vault, without regard to case", async () => {
    expect(await protectedBy({ "Vault-Teardown": "DENY" }, {})).toEqual([vaultPath]);
  });

  it("is found on the resource group", async () => {
    expect(await protectedBy({}, { "vault-teardown": "deny" })).toEqual([groupId]);
  });

  it("is found on both", async () => {
    expect(await protectedBy({ "vault-teardown": "deny" }, { "vault-teardown": "deny" })).toEqual([vaultPath, groupId]);
  });

  it.each([{ "vault-teardown": "allow" }, { "vault-teardown-old": "deny" }, { owner: "deny" }])(
    "is not %o",
    async (tags) => {
      expect(await protectedBy(tags, tags)).toEqual([]);
    },
  );

  it("is not assumed away where the group cannot be read: the listing fails", async () => {
    const refusal = new AzureError({ status: 403, code: "AuthorizationFailed", message: "no" });
    await expect(vault.list(readerOf({ resourceGroup: () => Promise.reject(refusal) }))).rejects.toBe(refusal);
  });

  it("is not asked for when the vault's absence is proved", async () => {
    const refusal = new AzureError({ status: 403, code: "AuthorizationFailed", message: "no" });
    const reader = readerOf({ resourceGroup: () => Promise.reject(refusal) });
    expect(await vault.look?.(reader, armId(vaultPath))).toHaveLength(1);
  });

  it("blocks by every id that carries it, whatever is consented to", () => {
    const tagged = builtVault({ protectedByTag: [armId(vaultPath), armId(groupId)] });
    const { blockers = [] } = vault.contribute(tagged, contextOf([tagged], { consents }));
    expect(blockers.map(({ code, subject }) => [code, subject])).toEqual([
      ["protected-by-tag", vaultPath],
      ["protected-by-tag", groupId],
    ]);
    expect(blockers.every(({ fix, who }) => fix.includes("remove the tag") && who.includes("owner"))).toBe(true);
  });

  it("blocks a vault that is being moved as well", () => {
    const tagged = builtVault({ moveState: "InProgress", protectedByTag: [armId(vaultPath)] });
    const { blockers = [] } = vault.contribute(tagged, contextOf([tagged]));
    expect(blockers.map(({ code }) => code)).toEqual(["vault-moving", "protected-by-tag"]);
  });
});

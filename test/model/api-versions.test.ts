// The api-version profiles: an api-version is behaviour, so what the strategies rest on is held here.

import { describe, expect, it } from "vitest";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";

describe("the api-versions of a run", () => {
  it("soft writes with a version that deletes a vault holding soft-deleted items", () => {
    expect(apiVersionProfiles.soft.vaultWrites >= "2025-02-01").toBe(true);
    expect(apiVersionProfiles.soft.backup >= "2025-02-01").toBe(true);
  });

  it("purge writes below the version from which a deletion only soft-deletes", () => {
    expect(apiVersionProfiles.purge.vaultWrites < "2024-09-30").toBe(true);
    expect(apiVersionProfiles.purge.backup < "2024-09-30").toBe(true);
  });

  it("both read the vault with a version that knows the regime and deleted vaults", () => {
    expect(apiVersionProfiles.soft.vaultReads >= "2025-02-01").toBe(true);
    expect(apiVersionProfiles.purge.vaultReads).toBe(apiVersionProfiles.soft.vaultReads);
  });
});

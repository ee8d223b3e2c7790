// Azure Resource Manager's rule for what a caller may do.

import { describe, expect, it } from "vitest";
import { allows } from "../../src/model/grant.ts";

const deletion = "Microsoft.RecoveryServices/Vaults/delete";

describe("an action is allowed", () => {
  it.each([
    ["by its own name, in any case", [{ actions: ["microsoft.recoveryservices/vaults/DELETE"], notActions: [] }]],
    ["by a star for everything", [{ actions: ["*"], notActions: [] }]],
    ["by a star at the end, over several parts", [{ actions: ["Microsoft.RecoveryServices/*"], notActions: [] }]],
    ["by a star in the middle", [{ actions: ["Microsoft.RecoveryServices/*/delete"], notActions: [] }]],
    ["by a star at the beginning", [{ actions: ["*/delete"], notActions: [] }]],
    [
      "by one entry although another takes it back from itself",
      [
        { actions: ["*"], notActions: ["Microsoft.RecoveryServices/*"] },
        { actions: [deletion], notActions: [] },
      ],
    ],
  ])("%s", (_how, grants) => {
    expect(allows(grants, deletion)).toBe(true);
  });
});

describe("an action is not allowed", () => {
  it.each([
    ["without any grant", []],
    ["by an entry that takes it back", [{ actions: ["*"], notActions: ["*/Vaults/delete"] }]],
    ["by the right to read", [{ actions: ["*/read"], notActions: [] }]],
    ["by a name that is only its beginning", [{ actions: ["Microsoft.RecoveryServices/Vaults"], notActions: [] }]],
    [
      "by a name in which a dot would have to be another character",
      [{ actions: ["MicrosoftxRecoveryServices/*"], notActions: [] }],
    ],
  ])("%s", (_how, grants) => {
    expect(allows(grants, deletion)).toBe(false);
  });
});

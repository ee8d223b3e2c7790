// `recover` where a list of deleted vaults is refused: what stands in it may be the one that is meant.

import { expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { deletedVault, fileOf, recovered } from "./recoverable-worlds.ts";

it("says that another of the name may be where nobody could look, unless one was chosen by its own id", async () => {
  const file = fileOf([], {
    deletedVaults: [deletedVault()],
    locations: ["westeurope", "germanywestcentral"],
    faults: [
      {
        match: { path: "*/locations/germanywestcentral/deletedVaults" },
        times: "always",
        fault: { kind: "status", status: 403 },
      },
    ],
  });
  const remarksOf = async (vault: string): Promise<readonly string[]> => {
    const { code, stdout, stderr } = await recovered(file, "--vault", vault, "--dry-run", "--format", "json");
    expect(code, stderr).toBe(0);
    return (JSON.parse(stdout) as Plan).recovery?.remarks ?? [];
  };
  const [unseen] = await remarksOf("rsv-test");
  expect(unseen).toBe(
    "2 lists of deleted vaults were refused, as that of germanywestcentral (AuthorizationFailed): whether another of this name is there is not known",
  );
  expect((await remarksOf(deletedVault().name)).join()).not.toMatch(/refused/);
});

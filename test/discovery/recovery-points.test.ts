// Recovery points of many items: how many are asked about at a time, and what becomes of those that are refused.

import { describe, expect, it } from "vitest";
import { readRecoveryPoints } from "../../src/discovery/recovery-points.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import { answer } from "../dependencies/arm-answers.ts";

const items = Array.from({ length: 100 }, (_, index) => armId(`/Items/${index}`));
const point = answer("p", { recoveryPointTime: "2026-11-20T22:00:00Z" });

describe("the recovery points of many items", () => {
  it("are asked item by item, no more than sixteen at the same time", async () => {
    let [asking, most, total] = [0, 0, 0];
    const recoveryPoints = async () => {
      asking += 1;
      total += 1;
      most = Math.max(most, asking);
      await Promise.resolve();
      asking -= 1;
      return [point, point];
    };
    const found = await readRecoveryPoints({ recoveryPoints }, items);
    expect({ total, most, found: found.size }).toEqual({ total: 100, most: 16, found: 100 });
    const day = "2026-11-20T22:00:00.000Z";
    expect(found.get("/items/7")).toEqual({ count: 2, oldest: day, newest: day });
  });

  it("that are refused are said to be, and the others are not", async () => {
    const recoveryPoints = async (item: string) => {
      if (item.endsWith("7")) throw new AzureError({ status: 403, code: "AuthorizationFailed", message: "not you" });
      return [];
    };
    const found = await readRecoveryPoints({ recoveryPoints }, items);
    expect([...found.values()].filter((points) => "why" in points)).toHaveLength(10);
    expect(found.get("/items/17")).toEqual({ why: "AuthorizationFailed" });
    expect(found.get("/items/18")).toEqual({ count: 0 });
  });

  it("are given up where nobody is signed in, and where the tool itself fails", async () => {
    const nobody = new AzureError({ status: 401, code: "InvalidAuthenticationToken", message: "sign in" });
    for (const error of [nobody, new TypeError("a defect")])
      await expect(readRecoveryPoints({ recoveryPoints: () => Promise.reject(error) }, items)).rejects.toBe(error);
  });
});

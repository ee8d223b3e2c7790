// Refusals of a Backup vault: what they mean for the step that met them.

import { describe, expect, it } from "vitest";
import { treat } from "../../src/execution/error-rules.ts";
import { AzureError } from "../../src/model/azure-error.ts";

describe("a Backup vault that does not let soft delete be turned off", () => {
  it.each(["UserErrorDisableSoftDeleteNotAllowed", "DppAlwaysOnSoftDeleteStateMandatory"])(
    "stops the run before any data is touched: %s",
    (code) => {
      const { next, failure } = treat(new AzureError({ status: 400, code, message: "no" }));
      expect([next, failure.disposition]).toEqual(["stop", "blocked"]);
      expect(failure.remedy).toContain("no data was touched");
    },
  );
});

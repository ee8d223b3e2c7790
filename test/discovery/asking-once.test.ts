// A reader that asks Azure each question once: the same question shares one answer, another question gets its own.

import { describe, expect, it } from "vitest";
import { askingOnce } from "../../src/discovery/asking-once.ts";
import { armId } from "../../src/model/arm-id.ts";
import { endpointPath, readerOf, vaultAnswer } from "../dependencies/arm-answers.ts";
import { counting } from "./counting-reader.ts";

describe("asking once", () => {
  it("answers a repeated question from the first answer, even while that is under way", async () => {
    const { reader, asked } = counting(readerOf());
    const once = askingOnce(reader);
    const [first, second] = await Promise.all([once.vault(), once.vault()]);
    expect(await once.vault()).toBe(first);
    expect(second).toBe(first);
    expect(first).toEqual(vaultAnswer());
    expect(asked).toEqual(["vault"]);
  });

  it("keeps the management types apart, and the two container lists", async () => {
    const { reader, asked } = counting(readerOf());
    const once = askingOnce(reader);
    await Promise.all([once.containers("MAB"), once.containers("AzureStorage"), once.softDeletedContainers("MAB")]);
    await once.containers("MAB");
    expect(asked).toEqual(["containers MAB", "containers AzureStorage", "softDeletedContainers MAB"]);
  });

  it("knows one endpoint under two spellings", async () => {
    const { reader, asked } = counting(readerOf());
    const once = askingOnce(reader);
    await once.privateEndpoint(armId(endpointPath("pe-1")));
    await once.privateEndpoint(armId(endpointPath("PE-1")));
    await once.privateEndpoint(armId(endpointPath("pe-2")));
    expect(asked).toHaveLength(2);
  });

  it("gives every asker the same refusal", async () => {
    const refusal = new Error("403");
    const { reader, asked } = counting(readerOf({ intents: async () => Promise.reject(refusal) }));
    const once = askingOnce(reader);
    await expect(once.intents()).rejects.toBe(refusal);
    await expect(once.intents()).rejects.toBe(refusal);
    expect(asked).toEqual(["intents"]);
  });

  it("begins anew with every pass", async () => {
    const { reader, asked } = counting(readerOf());
    await askingOnce(reader).policies();
    await askingOnce(reader).policies();
    expect(asked).toEqual(["policies", "policies"]);
  });
});

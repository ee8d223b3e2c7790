// The saved form of a plan: it comes back as it was, and nothing else is taken for it.

import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf, planPieces, renderPlan, sealPlan, standsFor } from "../../src/planning/plan-document.ts";
import { openPlan, PlanDocumentError } from "../../src/planning/saved-plan.ts";
import { jsonText } from "../../src/model/json-text.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse } from "../rehearsal.ts";
import { once } from "./made-once.ts";

const made = once(() => rehearse("always-on").plan());
const savedText = async (): Promise<string> => renderPlan(await made());

/** Documents with members of every sort, lists longer than a piece among them. */
const documents = fc.dictionary(
  fc.string(),
  fc.oneof(
    fc.jsonValue(),
    fc.constant(undefined),
    fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
    fc.nat(200).map((length) => Array.from({ length }, (_, index) => ({ index, name: "a\n##b", of: [[], {}] }))),
  ),
);

describe("a document in pieces", () => {
  it("reads as the whole of it in one piece would, and its hash is the hash of that", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = `${jsonText(document, 2)}\n`;
        expect(renderPlan(document as unknown as Plan)).toBe(text);
        expect(standsFor(text, document as unknown as Plan)).toBe(true);
        expect(hashOf(document)).toBe(hash("sha256", JSON.stringify(document), "hex").slice(0, 32));
      }),
    );
  });

  it("is no longer in one piece for a vault that holds more", async () => {
    const longest = async (world: string): Promise<number> => {
      const pieces = [...planPieces(await rehearse(world).plan())];
      return Math.max(...pieces.map((piece) => piece.length));
    };
    expect(await longest("large:600")).toBeLessThan(1.2 * (await longest("large:200")));
  });

  it("is told from one that lacks its end, goes on, or differs anywhere", async () => {
    const plan = await made();
    const saved = renderPlan(plan);
    for (const other of [
      saved.slice(0, -1),
      `${saved} `,
      saved.replace('"strategy": "soft"', '"strategy": "Soft"'),
      "",
    ])
      expect(standsFor(other, plan)).toBe(false);
  });
});

describe("a saved plan", () => {
  it("comes back as it was", async () => {
    const plan = await made();
    const saved = renderPlan(plan);
    expect(openPlan(saved, "plan.json")).toEqual(plan);
    expect(renderPlan(openPlan(saved, "plan.json"))).toBe(saved);
  });

  it("ends with a line feed and carries its format version first", async () => {
    const saved = await savedText();
    expect(saved.endsWith("}\n")).toBe(true);
    expect(saved.startsWith('{\n  "formatVersion": 1,\n  "id": "')).toBe(true);
  });

  it.each(["classic", "small", "secure-by-default", "kitchen-sink"])("of world %s comes back too", async (world) => {
    for (const strategy of ["soft", "purge"] as const) {
      const other = await rehearse(world).plan({ strategy });
      expect(openPlan(renderPlan(other), "plan.json")).toEqual(other);
    }
  });

  it("has an id of its own for every content", async () => {
    const { id, ...content } = await made();
    expect(sealPlan(content).id).toBe(id);
    expect(sealPlan({ ...content, createdAt: "2026-11-21T08:00:01.000Z" }).id).not.toBe(id);
    expect(sealPlan({ ...content, strategy: "purge" }).id).not.toBe(id);
  });

  it("has one text only: with its members in another order it is another document", async () => {
    const { id: _, formatVersion, tool, ...rest } = await made();
    const sealed = sealPlan({ ...rest, tool, formatVersion });
    expect(() => openPlan(renderPlan(sealed), "plan.json")).toThrow(PlanDocumentError);
  });
});

describe("a changed plan is refused", () => {
  const positionIn = (saved: string): fc.Arbitrary<number> => fc.nat(saved.length - 1);
  const anyCharacter = fc.nat(0xff_ff).map((code) => String.fromCharCode(code));

  it("when any one character is missing", async () => {
    const saved = await savedText();
    fc.assert(
      fc.property(positionIn(saved), (at) => {
        const changed = saved.slice(0, at) + saved.slice(at + 1);
        expect(() => openPlan(changed, "plan.json")).toThrow(PlanDocumentError);
      }),
      { numRuns: 300 },
    );
  });

  it("when any one character is another", async () => {
    const saved = await savedText();
    fc.assert(
      fc.property(positionIn(saved), anyCharacter, (at, other) => {
        fc.pre(saved[at] !== other);
        const changed = saved.slice(0, at) + other + saved.slice(at + 1);
        expect(() => openPlan(changed, "plan.json")).toThrow(PlanDocumentError);
      }),
      { numRuns: 300 },
    );
  });

  it("when any one character is doubled", async () => {
    const saved = await savedText();
    fc.assert(
      fc.property(positionIn(saved), (at) => {
        const changed = saved.slice(0, at + 1) + saved.slice(at);
        expect(() => openPlan(changed, "plan.json")).toThrow(PlanDocumentError);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (plan: Plan, saved: string) => string]>([
    ["laid out anew", (plan) => JSON.stringify(plan)],
    ["with other line ends", (_plan, saved) => saved.replaceAll("\n", "\r\n")],
    ["with a mark of its encoding in front", (_plan, saved) => `\uFEFF${saved}`],
    ["with a member more", (plan) => `${JSON.stringify({ ...plan, extra: true }, undefined, 2)}\n`],
    ["with a blocker less", (plan) => renderPlan({ ...plan, blockers: [], warnings: ["none"] })],
    ["with the id of another plan", (plan) => renderPlan({ ...plan, id: "0".repeat(32) })],
  ])("when it is %s", async (_how, changed) => {
    const text = changed(await made(), await savedText());
    expect(() => openPlan(text, "plan.json")).toThrow(PlanDocumentError);
  });

  it("with a message that names the file and what to do", async () => {
    const changed = (await savedText()).replace("vm-mail-01", "vm-mail-99");
    expect(() => openPlan(changed, "plan.json")).toThrow(/^plan\.json was changed .* received .*make the plan again$/);
  });
});

describe("a plan of another format version", () => {
  it.each([[0], [2], ["1"], [null]])("%j is refused, and both versions are named", async (formatVersion) => {
    const text = `${JSON.stringify({ ...(await made()), formatVersion }, undefined, 2)}\n`;
    expect(() => openPlan(text, "old.json")).toThrow(PlanDocumentError);
    expect(() => openPlan(text, "old.json")).toThrow(
      `old.json has plan format version ${JSON.stringify(formatVersion)}, expected 1`,
    );
  });

  it("is refused when it has none", () => {
    expect(() => openPlan('{"steps":[]}', "old.json")).toThrow("expected 1");
  });
});

describe("what is no plan", () => {
  it("is refused as not being JSON: the start of a plan", async () => {
    const text = (await savedText()).slice(0, -3);
    expect(() => openPlan(text, "notes.txt")).toThrow("notes.txt is not a plan: it is not JSON");
  });

  it.each(["", "plan", "{", "vault: rsv-1"])("is refused as not being JSON: %#", (text) => {
    expect(() => openPlan(text, "notes.txt")).toThrow(PlanDocumentError);
    expect(() => openPlan(text, "notes.txt")).toThrow("notes.txt is not a plan: it is not JSON");
  });

  it.each(["null", "1", '"plan"', "[]", "{}", '[{"steps":[]}]'])("is refused as having no steps: %s", (text) => {
    expect(() => openPlan(text, "other.json")).toThrow(PlanDocumentError);
    expect(() => openPlan(text, "other.json")).toThrow("other.json is not a plan: it has no steps");
  });

  it("is refused in the same way for any JSON at all", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => openPlan(text, "any.json")).toThrow(PlanDocumentError);
      }),
    );
  });
});

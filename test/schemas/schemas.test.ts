// The committed schemas are made from the types as they are now, and can be used as they stand.

import { describe, expect, it } from "vitest";
import { madeSchemas } from "../../scripts/schemas.ts";
import { publishedSchemas, wrongBySchema } from "./published.ts";

describe("the published schemas", () => {
  it("are what the types say now (npm run schemas:write renews them)", () => {
    const made = madeSchemas();
    expect([...publishedSchemas.keys()]).toEqual([...made.keys()].toSorted());
    // With their members in the same order.
    for (const [name, schema] of made)
      expect(JSON.stringify(JSON.parse(publishedSchemas.get(name) ?? "")), name).toBe(JSON.stringify(schema));
  });

  it.each([...publishedSchemas.keys()])(
    "%s has a name of its own, a version and a sentence about the document",
    (file) => {
      const name = file.replace(".schema.json", "");
      const schema = JSON.parse(publishedSchemas.get(file) ?? "") as Readonly<Record<string, unknown>>;
      expect(schema["$id"]).toBe(`urn:azure-vault-teardown:${name}:1`);
      expect(schema["description"]).toMatch(/^.{30}/);
      // Which also says that a strict reader can compile it.
      expect(wrongBySchema(name, "no document")).not.toBe("");
    },
  );

  it("say nothing of a type that only the compiler knows", () => {
    for (const text of publishedSchemas.values()) expect(text).not.toMatch(/__brand|import\(|\.ts"/);
  });
});

// The resources of one kind: told in their order, and sorted out once for all who ask.

import { describe, expect, it } from "vitest";
import { ofKind, type Resource } from "../../src/model/resource.ts";
import { storageAccount, vault, vmItem } from "../dependencies/builders.ts";

describe("the resources of one kind", () => {
  it("are those of that kind, in their order", () => {
    const resources = [vmItem("b"), vault(), vmItem("a"), storageAccount("s")];
    expect(ofKind(resources, "protected-item")).toEqual([resources[0], resources[2]]);
    expect(ofKind(resources, "lock")).toEqual([]);
    expect(ofKind([], "vault")).toEqual([]);
  });

  it("are looked for once in a list, however many rules ask", () => {
    let looks = 0;
    const watched = [vault(), vmItem("a"), vmItem("b")].map(
      (resource) => new Proxy(resource, { get: (of, name) => (looks++, Reflect.get(of, name) as unknown) }),
    ) as readonly Resource[];
    for (let asked = 0; asked < 100; asked++) ofKind(watched, asked % 2 === 0 ? "vault" : "protected-item");
    expect(looks).toBe(watched.length);
  });
});

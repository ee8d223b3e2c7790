// Days left, the order of what was deleted, and which refusals mean that a location has no such list.

import { describe, expect, it } from "vitest";
import { byNameThenNewest, daysUntil, deletionTimes, lacksDeletedVaults } from "../../src/model/deleted.ts";

const now = Date.parse("2026-03-01T10:00:00Z");

describe("days left", () => {
  it.each([
    ["2026-03-15T10:00:00Z", 14],
    ["2026-03-15T09:59:59Z", 13],
    ["2026-03-01T10:00:01Z", 0],
    ["2026-03-01T10:00:00Z", 0],
    ["2026-02-01T10:00:00Z", 0],
  ])("until %s are %i: rounded down, never negative", (purgeAt, days) => {
    expect(daysUntil(purgeAt, now)).toBe(days);
  });

  it("are not known where the purge is not, or is no time", () => {
    expect(deletionTimes("2026-03-01T00:00:00Z", undefined, now)).toEqual({ deletedAt: "2026-03-01T00:00:00Z" });
    expect(daysUntil("soon", now)).toBeUndefined();
  });
});

it("of one name, in whatever case, the newest comes first and one without a time last", () => {
  const entries = [
    { name: "b", deletedAt: "2026-02-01T00:00:00Z" },
    { name: "B" },
    { name: "B", deletedAt: "2026-02-03T00:00:00Z" },
    { name: "a", deletedAt: "2026-01-01T00:00:00Z" },
  ];
  expect(byNameThenNewest(entries).map(({ name, deletedAt }) => [name, deletedAt?.slice(8, 10)])).toEqual([
    ["a", "01"],
    ["B", "03"],
    ["b", "01"],
    ["B", undefined],
  ]);
});

it.each([
  [400, "NoRegisteredProviderFound", true],
  [404, "InvalidResourceType", true],
  [400, "Http400", true],
  [404, "Http404", true],
  [409, "MissingSubscriptionRegistration", true],
  [403, "AuthorizationFailed", false],
  [404, "SubscriptionNotFound", false],
  [400, "InvalidSubscriptionId", false],
  [500, "Http500", false],
])("an answer of %i %s says that the list is not there: %s", (status, code, lacks) => {
  expect(lacksDeletedVaults({ status, code })).toBe(lacks);
});

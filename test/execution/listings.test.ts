// Listings are shared: whoever asks while one is under way is answered by the next, which begins after the question.

import { describe, expect, it } from "vitest";
import { listingOf, sharedListings } from "../../src/execution/listings.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import { jobAnswer, readerOf, respelled } from "../dependencies/arm-answers.ts";
import { job, only } from "../dependencies/builders.ts";

/** A reader whose lists of jobs end when they are told to. */
function slowReader(): { readonly reader: VaultReader; readonly lists: { readonly end: (found?: Error) => void }[] } {
  const lists: { readonly end: (found?: Error) => void }[] = [];
  const jobsInProgress = () =>
    new Promise<readonly ArmResource[]>((resolve, reject) => {
      const number = lists.length;
      lists.push({
        end: (error) => (error === undefined ? resolve([jobAnswer({ operation: `list ${number}` })]) : reject(error)),
      });
    });
  return { reader: readerOf({ jobsInProgress }), lists };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a fresh listing", () => {
  it("is one that began after the question, and one for all who ask meanwhile", async () => {
    const { reader, lists } = slowReader();
    const listings = sharedListings(reader);
    const operation = async () => only((await listings.fresh("backup-job")).all).operation;
    const first = operation();
    const [second, third] = [operation(), operation()];
    await settled();
    expect(lists).toHaveLength(1);
    lists[0]!.end();
    expect(await first).toBe("list 0");
    await settled();
    expect(lists).toHaveLength(2);
    const fourth = operation();
    lists[1]!.end();
    expect(await Promise.all([second, third])).toEqual(["list 1", "list 1"]);
    await settled();
    lists[2]!.end();
    expect(await fourth).toBe("list 2");
    void operation();
    expect(lists).toHaveLength(4);
  });

  it("that fails fails for those who waited for it alone", async () => {
    const { reader, lists } = slowReader();
    const listings = sharedListings(reader);
    const first = listings.fresh("backup-job");
    const second = listings.fresh("backup-job");
    lists[0]!.end(new Error("no answer"));
    await expect(first).rejects.toThrow("no answer");
    await settled();
    lists[1]!.end();
    expect((await second).all).toHaveLength(1);
  });

  it("of one kind waits for no other", async () => {
    const { reader, lists } = slowReader();
    const listings = sharedListings(reader);
    void listings.fresh("backup-job");
    expect((await listings.fresh("backup-policy")).all).toEqual([]);
    expect(lists).toHaveLength(1);
  });
});

it("a listing finds what has an id, however it is spelled", () => {
  const listing = listingOf<"backup-job">([job("a"), job("b"), { ...job("a"), state: "again" }]);
  expect(listing.withId(respelled(job("a").id)).map(({ state }) => state)).toEqual(["InProgress", "again"]);
  expect(listing.withId("/none")).toEqual([]);
});

// Writes that were handed out when a run is stopped: those on the wire end, and none of the others leaves any more.

import type { HttpClient } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { armId, type ArmId } from "../../src/model/arm-id.ts";
import { rehearse } from "../rehearsal.ts";

const count = 150;

/** A vault of so many items, and a stop that comes when `stopAt` deletions have left. An answer takes a second. */
function stoppedAt(stopAt: number) {
  const stop = new AbortController();
  const sent = { onWire: 0, afterStop: 0 };
  const onTheWire = (inner: HttpClient): HttpClient => ({
    sendRequest: async (request) => {
      if (request.method !== "DELETE") return inner.sendRequest(request);
      if (stop.signal.aborted) sent.afterStop += 1;
      if ((sent.onWire += 1) === stopAt) stop.abort();
      await rehearsal.clock.sleep(1000);
      return inner.sendRequest(request);
    },
  });
  const rehearsal = rehearse(`large:${count}`, { onTheWire });
  return { rehearsal, sent, signal: stop.signal };
}

describe("a run that is stopped", () => {
  it("sends nothing more of what waits for a connection; what is on the wire ends, and no more was announced", async () => {
    const { rehearsal, sent, signal } = stoppedAt(65);
    const items = (await rehearsal.reader().protectedItems()).map(({ id }) => armId(id)).slice(0, count);
    const writer = rehearsal.writer("soft", undefined, signal);
    let announced = 0;
    const leaving = (): void => void (announced += 1);
    const send = async (item: ArmId): Promise<string> =>
      writer.send({ write: "delete-protected-item", item }, { leaving }).then(
        ({ status }) => String(status),
        ({ code }: { readonly code: string }) => code,
      );
    // One is answered first: before that Azure's counter is not known, and one leaves at a time.
    const ends = [await send(items[0]!)];
    ends.push(...(await Promise.all(items.slice(1).map(send))));
    expect(sent).toEqual({ onWire: 65, afterStop: 0 });
    expect([ends.filter((end) => end === "202").length, ends.filter((end) => end === "NotSent").length]).toEqual([
      65, 85,
    ]);
    expect(announced).toBe(65);
  });

  it("leaves the steps of what was not sent open, and no sign of them in its journal", async () => {
    const { rehearsal, sent, signal } = stoppedAt(65);
    const plan = await rehearsal.plan();
    const writer = rehearsal.writer("soft", plan, signal);
    const { result, events } = await rehearsal.run(plan, { writer, signal, concurrency: count });
    expect(sent).toEqual({ onWire: 65, afterStop: 0 });
    expect(result).toMatchObject({ exitCode: 130, counts: { failed: 0 } });
    expect(result.counts.open + result.counts.verified).toBe(plan.steps.length);
    expect(events.filter(({ type }) => type === "step-intended")).toHaveLength(65);
  });
});

// Times in answers that nobody can have meant: the run ends as it should, and its journal can be read again.

import { expect, it } from "vitest";
import { eventShape } from "../../src/journal/event-shape.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

/** Answers every write with these headers on top of its own; the nth is refused with 429. */
const answering =
  (headers: Readonly<Record<string, string>>, refused?: number) =>
  (handle: Handle): Handle => {
    let writes = 0;
    return async (request) => {
      if (request.method === "GET") return handle(request);
      if ((writes += 1) === refused) return new Response("{}", { status: 429, headers });
      const answer = await handle(request);
      for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
      return answer;
    };
  };

it.each([
  ["20000", "Sat, 21 Nov 20000 08:00:00 GMT"],
  ["1971", "Fri, 01 Jan 1971 00:00:00 GMT"],
])(
  "a run whose answers are of the year %s ends well, and every line of its journal is an event",
  async (_year, date) => {
    const rehearsal = rehearse("small", { between: answering({ date }) });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(events.filter(({ type }) => type === "step-accepted").length).toBeGreaterThan(1);
    expect(events.map((event) => eventShape.wrong(event)).filter((wrong) => wrong !== undefined)).toEqual([]);
  },
);

it("a refusal for longer than there will be dates is one to wait for, with a time that is one", async () => {
  const rehearsal = rehearse("small", { between: answering({ "retry-after": "9000000000000" }, 1) });
  const { result, events } = await rehearsal.run(await rehearsal.plan());
  expect(result.exitCode).toBe(4);
  const failed = events.find(({ type }) => type === "step-failed");
  expect(failed).toMatchObject({ disposition: "waiting", until: expect.stringMatching(/^2027-11-2\d/) });
  expect(events.map((event) => eventShape.wrong(event)).filter((wrong) => wrong !== undefined)).toEqual([]);
});

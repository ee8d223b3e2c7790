// What a run is told by interruptions: the first drains it, the second ends the process, and says what that may leave.

import { expect, it, onTestFinished, vi } from "vitest";
import { stopSignal } from "../../src/cli/stop-signal.ts";

it("says at the second interruption that what is not put back stays away, and where it is named", () => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
  const before = process.listeners("SIGINT");
  const said: string[] = [];
  const stop = stopSignal(undefined, (line) => said.push(line));
  onTestFinished(() => {
    stop.dispose();
    exit.mockRestore();
  });
  const interrupt = process.listeners("SIGINT").find((listener) => !before.includes(listener))!;
  interrupt("SIGINT");
  expect([said.length, stop.signal.aborted, exit.mock.calls]).toEqual([1, true, []]);
  interrupt("SIGINT");
  expect(said[1]).toMatch(/not put back.*status/);
  expect(exit).toHaveBeenCalledWith(130);
});

// Commands to build servers, taken apart by the rules by which their runners do it: no name breaks out of its command.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issueCommand, uploadSummaryCommand, type Severity } from "../../../src/reporting/build-server/commands.ts";
import { terminalLine } from "../../../src/reporting/terminal-text.ts";
import { anyText } from "../any-text.ts";
import { azureCommand, githubCommand } from "./runners.ts";

const severities = fc.constantFrom<Severity>("error", "warning");

describe("a command to GitHub", () => {
  it("is one line that is read as what was meant, whatever it says", () => {
    fc.assert(
      fc.property(severities, anyText, anyText, (severity, title, message) => {
        const line = issueCommand("github", { severity, title: `x${title}`, message })!;
        expect(line).not.toMatch(/[\r\n]/);
        expect(githubCommand(line)).toEqual({
          name: severity,
          // The runner trims what stands at the end of the properties.
          properties: { title: terminalLine(`x${title}`).trimEnd() },
          text: terminalLine(message),
        });
        expect(azureCommand(line)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it("escapes what the documentation says", () => {
    const line = issueCommand("github", { severity: "error", title: "a:b,c%", message: "50%: a, b" });
    expect(line).toBe("::error title=a%3Ab%2Cc%25::50%25: a, b");
  });
});

describe("a command to Azure Pipelines", () => {
  it("is one line that is read as what was meant, whatever it says", () => {
    fc.assert(
      fc.property(severities, anyText, anyText, (severity, title, message) => {
        const line = issueCommand("azure-pipelines", { severity, title: `x${title}`, message })!;
        expect(line).not.toMatch(/[\r\n]/);
        expect(azureCommand(line)).toEqual({
          name: "task.logissue",
          properties: { type: severity, code: terminalLine(`x${title}`) },
          text: terminalLine(`x${title}: ${message}`),
        });
        expect(githubCommand(line)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it("escapes what the agent takes back", () => {
    const line = issueCommand("azure-pipelines", { severity: "warning", title: "a;b]", message: "50%" });
    expect(line).toBe("##vso[task.logissue type=warning;code=a%3Bb%5D;]a%3Bb%5D: 50%AZP25");
  });

  it("does not exist for a notice", () => {
    expect(issueCommand("azure-pipelines", { severity: "notice", title: "a", message: "b" })).toBeUndefined();
  });

  it("that uploads a summary leads to the very path", () => {
    fc.assert(
      fc.property(anyText, (path) => {
        const line = uploadSummaryCommand(`/tmp/${path}`);
        expect(line).not.toMatch(/[\r\n]/);
        expect(azureCommand(line)).toEqual({ name: "task.uploadsummary", properties: {}, text: `/tmp/${path}` });
      }),
    );
  });
});

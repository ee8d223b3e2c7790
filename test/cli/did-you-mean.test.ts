// A slip of the hand on the command line: one line that says what was not understood and what was probably meant.

import { describe, expect, it } from "vitest";
import { commandLineHere } from "./command-line.ts";

const help = "; see vault-teardown --help";

describe("what was probably meant is said", () => {
  it.each([
    [["plann"], `unknown command: plann: did you mean plan?${help}`],
    [["aply", "--vault", "x"], `unknown command: aply: did you mean apply?${help}`],
    [["frobnicate"], `unknown command: frobnicate${help}`],
    [["plan", "--strateg", "soft"], `unknown argument: strateg: did you mean --strategy?${help}`],
    [["plan", "--resource-grup", "x"], `unknown argument: resource-grup: did you mean --resource-group?${help}`],
    [["plan", "extra"], `unknown argument: extra${help}`],
    [
      ["plan", "--stratgy", "soft", "--sped", "1", "--xyz"],
      `unknown arguments: stratgy (did you mean --strategy?), sped (did you mean --speed?), xyz${help}`,
    ],
    [["plan", "--strategy", "sof"], `--strategy "sof" is not one of "soft", "purge": did you mean soft?${help}`],
    [["plan", "--cloud", "mars"], `--cloud "mars" is not one of "public", "usgov", "china"${help}`],
    [["completion", "zhs"], `shell "zhs" is not one of "bash", "zsh", "fish": did you mean zsh?${help}`],
    [["show"], `show needs a plan: the file of a saved plan${help}`],
  ])("%j", async (parameters, line) => {
    const { code, stdout, stderr } = await commandLineHere(parameters);
    expect([code, stdout, stderr]).toEqual([1, "", `vault-teardown: ${line}\n`]);
  });

  it.each([
    [
      ["plan", "--emulator", "kitchen-snk"],
      /^vault-teardown: no world 'kitchen-snk'; .*: did you mean kitchen-sink\?\n$/,
    ],
    [["emulator", "clasic"], /^vault-teardown: no world 'clasic'; .*: did you mean classic\?\n$/],
    [["demo", "--world", "nothing-like-it"], /^vault-teardown: no world 'nothing-like-it'; .*large:<n>\n$/],
    [["plan", "--emulator", "small", "--allow", "remove-lock"], /: did you mean remove-locks\?\n$/],
  ])("%j", async (parameters, line) => {
    const { code, stdout, stderr } = await commandLineHere(parameters);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(line);
  });
});

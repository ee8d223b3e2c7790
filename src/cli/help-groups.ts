// Under which headings a command's help lists its options. Words for people: they decide nothing.

import type { Argv, CommandModule } from "yargs";
import { shapeOf } from "./command-shapes.ts";

/** In the order of help. What stands under none of them follows under the parser's own heading. */
const groups: Readonly<Record<string, readonly string[]>> = {
  "Which vault, on which Azure:": [
    "vault",
    "resource-group",
    "subscription",
    "kind",
    "location",
    "cloud",
    "guard-tenant",
    "emulator",
    "endpoint",
    "speed",
    "seed",
  ],
  "What is brought back:": ["run", "item"],
  "What is planned:": ["strategy", "allow", "keep", "deep"],
  "What is done:": ["dry-run", "confirm", "fresh", "concurrency", "max-duration", "state-dir", "live"],
  "What is printed:": ["format", "report", "out", "show-commands", "detailed-exitcode", "color", "debug"],
};

/** The command, whose help has these headings where it is about a vault; the others have few options. */
export function withHelpGroups(command: CommandModule<object, never>): CommandModule<object, never> {
  const { builder } = command;
  const { options } = shapeOf(command);
  if (typeof builder !== "function" || !("vault" in options)) return command;
  return {
    ...command,
    builder: (yargs) => {
      // Every builder answers at once: after a promise, the parser's complaints would not become a line any more.
      const built = builder(yargs) as Argv<never>;
      for (const [title, names] of Object.entries(groups)) {
        const own = names.filter((name) => name in options);
        if (own.length > 0) built.group([...own], title);
      }
      return built;
    },
  };
}

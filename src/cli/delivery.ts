// Where a command's result goes, as its options say: how it is printed, which files it is written to. Opens and writes nothing.

import { existsSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { formatsByExtension, type Format } from "../reporting/formats.ts";
import { UserError } from "./user-error.ts";

export type ReportFile = { readonly path: string; readonly format: Format };

export type Delivery = {
  /** How the result is printed to stdout. */
  readonly format: Format;
  readonly files: readonly ReportFile[];
  /** Whether a build server that this runs on is told: of results, not of what is only looked at again. */
  readonly tellsBuildServer: boolean;
};

type DeliveryArguments = {
  readonly format: string;
  readonly report?: readonly string[] | undefined;
  /** The saved plan that the command reads. */
  readonly plan?: string | undefined;
  /** Where it saves one. */
  readonly out?: string | undefined;
};

/** `formats`: what the command can be told in. Throws UserError for a file of another, in no folder, or that is the plan's. */
export function deliveryOf(
  { format, report = [], plan, out }: DeliveryArguments,
  formats: readonly Format[],
  tellsBuildServer: boolean,
): Delivery {
  const files = report.map((path) => reportFile(path, formats));
  for (const { path } of files)
    for (const saved of [plan, out])
      if (saved !== undefined && isSameFile(path, saved))
        throw new UserError(`--report ${path} would take the place of the saved plan: name another file`);
  return { format: format as Format, files, tellsBuildServer };
}

/** Also where one of them is a link to the other, or neither is there yet. */
function isSameFile(one: string, other: string): boolean {
  if (!existsSync(one) || !existsSync(other)) return resolve(one) === resolve(other);
  const [a, b] = [statSync(one), statSync(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

function reportFile(path: string, formats: readonly Format[]): ReportFile {
  const extension = extname(path).toLowerCase();
  const format = Object.hasOwn(formatsByExtension, extension) ? formatsByExtension[extension] : undefined;
  if (format === undefined || !formats.includes(format))
    throw new UserError(`--report ${path} has no format by its name: end it with ${extensionsOf(formats)}`);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UserError(`--report ${path} cannot be written: there is no folder ${dirname(path)}`);
  return { path, format };
}

function extensionsOf(formats: readonly Format[]): string {
  const extensions = Object.entries(formatsByExtension).flatMap(([extension, format]) =>
    formats.includes(format) ? [extension] : [],
  );
  return `${extensions.slice(0, -1).join(", ")} or ${extensions.at(-1) ?? ""}`;
}

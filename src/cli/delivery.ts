// Where a command's result goes, as its options say: how it is printed, which files it is written to. Opens and writes nothing.

import { statSync } from "node:fs";
import { dirname, extname } from "node:path";
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

type DeliveryArguments = { readonly format: string; readonly report?: readonly string[] | undefined };

/** `formats`: what the command can be told in. Throws UserError for a file of another, or in no folder. */
export function deliveryOf(
  { format, report = [] }: DeliveryArguments,
  formats: readonly Format[],
  tellsBuildServer: boolean,
): Delivery {
  return { format: format as Format, files: report.map((path) => reportFile(path, formats)), tellsBuildServer };
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

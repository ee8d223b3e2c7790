// Tells people what a comparison found: matched, missing with the reason, extra. It must not compare anything.
import type { Comparison } from "./compare.ts";
import type { Duration } from "./durations.ts";
import type { Facts } from "./facts.ts";
import { reasonFor } from "./known-differences.ts";
import { reasonNotMet } from "./met.ts";
import type { OperationShares, Share } from "./shares.ts";
import { percent, perOperation, sharesOf } from "./shares.ts";

const cell = (share: Share): string => (share.of === 0 ? "–" : `${share.matched}/${share.of}`);

/** The lines for the terminal: one an operation, then the totals and what is missing. */
export function summary(forms: readonly Comparison[]): string {
  const operations = perOperation(forms);
  const width = Math.max(...operations.map(({ operation }) => operation.length));
  const head = [
    `${"operation".padEnd(width)}  ${"answers".padStart(8)} ${"headers".padStart(8)} ${"key paths".padStart(11)}    share`,
  ];
  const lines = operations.map(
    ({ operation, statuses, operationHeaders, keyPaths }) =>
      `${operation.padEnd(width)}  ${cell(statuses).padStart(8)} ${cell(operationHeaders).padStart(8)} ${cell(keyPaths).padStart(11)}  ${percent(keyPaths).padStart(7)}`,
  );
  const all = sharesOf(forms);
  return [
    ...head,
    ...lines,
    "",
    `answers by operation, kind, era and status: ${cell(all.statuses)} (${percent(all.statuses)})`,
    `operation headers: ${cell(all.operationHeaders)} (${percent(all.operationHeaders)})`,
    `key paths that are always there: ${cell(all.keyPaths)} (${percent(all.keyPaths)})`,
    ...missing(forms).map(({ where, reason }) => `missing: ${where}: ${reason}`),
  ].join("\n");
}

type Missing = { readonly where: string; readonly reason: string };

export function missing(forms: readonly Comparison[]): readonly Missing[] {
  return forms.flatMap(({ fact, answered, operationHeaders, paths }) => {
    const { operation, kind, era, status } = fact;
    const where = [operation, kind, era, String(status)].filter((part) => part !== "").join(", ");
    const unknown = "no reason is known";
    return [
      ...(answered ? [] : [{ where, reason: unknown }]),
      ...operationHeaders
        .filter(({ matched }) => !matched)
        .map(({ name }) => ({ where: `${where}, header ${name}`, reason: unknown })),
      ...paths
        .filter(({ verdict }) => verdict !== "matched")
        .map(({ path, verdict }) => ({
          where: `${where}, ${path} (${verdict})`,
          reason: reasonFor(operation, kind, path)?.reason ?? unknown,
        })),
    ];
  });
}

export type Material = {
  readonly facts: Facts;
  readonly forms: readonly Comparison[];
  /** What the emulator's own operations took, told as the recorded ones are. */
  readonly durations: readonly Duration[];
};

/** The whole report, as Markdown. */
export function report({ facts, forms, durations }: Material): string {
  const operations = perOperation(forms);
  return [
    "# Conformance of the emulator with recorded traffic",
    `${facts.facts.length} facts from ${facts.recordings.length} recordings; ${forms.length} of them a teardown can meet.`,
    "## Shares",
    table(["operation", "answers", "operation headers", "key paths", "share"], operations.map(shareRow)),
    "## Missing",
    table(
      ["where", "reason"],
      missing(forms).map(({ where, reason }) => [where, reason]),
    ),
    "## Headers other than those of operations",
    table(["header", "recorded in forms", "given"], headerRows(forms)),
    "## Extra: key paths and headers that no recording of the form shows",
    table(["form", "extra"], extraRows(forms)),
    "## Times",
    table(["operation", "kind", "recorded median / p90 / max (n)", "here, without a seed"], timeRows(facts, durations)),
    "## Recorded, but not met by a teardown",
    table(["operation", "reason"], notMetRows(facts)),
    "",
  ].join("\n\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return rows.length === 0 ? "none" : [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function shareRow({ operation, statuses, operationHeaders, keyPaths }: OperationShares): readonly string[] {
  return [operation, cell(statuses), cell(operationHeaders), cell(keyPaths), percent(keyPaths)];
}

function headerRows(forms: readonly Comparison[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(
    forms.flatMap(({ otherHeaders }) => otherHeaders),
    ({ name }) => name,
  );
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other, "en"))
    .map(([name, seen]) => [name, String(seen.length), String(seen.filter(({ matched }) => matched).length)]);
}

/** Left out of most recordings by those who made them: their absence proves nothing. */
const stripped: readonly string[] = [
  "cache-control",
  "retry-after",
  "x-ms-correlation-request-id",
  "x-ms-ratelimit-remaining-subscription-global-deletes",
  "x-ms-ratelimit-remaining-subscription-global-reads",
  "x-ms-ratelimit-remaining-subscription-global-writes",
  "x-ms-ratelimit-remaining-subscription-reads",
  "x-ms-ratelimit-remaining-subscription-resource-requests",
  "x-ms-request-id",
];

function extraRows(forms: readonly Comparison[]): readonly (readonly string[])[] {
  return forms
    .map(({ fact, extra, extraHeaders }) => ({
      fact,
      extra,
      extraHeaders: extraHeaders.filter((name) => !stripped.includes(name)),
    }))
    .filter(({ extra, extraHeaders }) => extra.length + extraHeaders.length > 0)
    .map(({ fact, extra, extraHeaders }) => [
      [fact.operation, fact.kind, fact.era, String(fact.status)].filter((part) => part !== "").join(", "),
      [...extra, ...extraHeaders.map((name) => `header ${name}`)].join(", "),
    ]);
}

function timeRows(facts: Facts, durations: readonly Duration[]): readonly (readonly string[])[] {
  const seconds = (value: number): string => String(Math.round(value * 10) / 10);
  return facts.durations.flatMap(({ operation, kind, by, count, median, p90, maximum }) => {
    const here = durations.find((other) => other.operation === operation && other.kind === kind && other.by === by);
    if (here === undefined) return [];
    const recorded = `${seconds(median)} / ${seconds(p90)} / ${seconds(maximum)} s (${count})`;
    return [[operation, kind, recorded, `${seconds(here.median)} s`]];
  });
}

function notMetRows(facts: Facts): readonly (readonly string[])[] {
  const rows = facts.facts.flatMap((fact) => {
    const reason = reasonNotMet(fact);
    return reason === undefined
      ? []
      : [[[fact.operation, fact.kind].filter((part) => part !== "").join(", "), reason] as const];
  });
  return [...new Map(rows)];
}

// Tells people what a comparison found: matched, missing with the reason, extra. It must not compare anything.
import type { Comparison } from "./compare.ts";
import type { Fact } from "./facts.ts";
import { reasonFor } from "./known-differences.ts";
import type { Measured } from "./measure.ts";
import { reasonNotMet } from "./met.ts";
import type { OperationShares, Share } from "./shares.ts";
import { percent, perOperation, sharesOf } from "./shares.ts";

const cell = (share: Share): string => (share.of === 0 ? "–" : `${share.matched}/${share.of}`);

/** The lines for the terminal: one an operation, then the totals and what is missing. */
export function summary(measured: Measured): string {
  const { forms } = measured;
  const operations = perOperation(forms);
  const width = Math.max(...operations.map(({ operation }) => operation.length));
  const head = [
    `${"operation".padEnd(width)}  ${"answers".padStart(8)} ${"headers".padStart(8)} ${"key paths".padStart(11)}    share`,
  ];
  const lines = operations.map(
    ({ operation, statuses, operationHeaders, keyPaths }) =>
      `${operation.padEnd(width)}  ${cell(statuses).padStart(8)} ${cell(operationHeaders).padStart(8)} ${cell(keyPaths).padStart(11)}  ${percent(keyPaths).padStart(7)}`,
  );
  return [...head, ...lines, "", ...totals(measured), ...missingLines(measured)].join("\n");
}

function totals({ facts, forms, scripted, unrecorded, replays }: Measured): readonly string[] {
  const all = sharesOf(forms);
  const leftOut = facts.facts.length - forms.length;
  const unopened = forms.reduce((sum, form) => sum + form.unopened.length, 0);
  const steps = replays.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  const differing = new Set(replays.flatMap(({ name, differences }) => differences.map(({ seq }) => `${name} ${seq}`)));
  return [
    `answers by operation, kind, era and status: ${cell(all.statuses)} (${percent(all.statuses)}), ${scripted} of them only where a world scripts the failure`,
    `operation headers: ${cell(all.operationHeaders)} (${percent(all.operationHeaders)})`,
    `key paths that are always there: ${cell(all.keyPaths)} (${percent(all.keyPaths)}); ${unopened} more are below members that Azure does not always fill and that are empty or absent here`,
    `recorded sequences: ${steps - differing.size}/${steps} requests of ${replays.length} sequences answered as recorded`,
    `of ${facts.facts.length} facts ${leftOut} are left out: ${leftOutReasons(facts.facts).join("; ")}`,
    `not judged: ${unrecorded.length} forms of answers that no recording has`,
  ];
}

/** The most frequent first. */
function leftOutReasons(facts: readonly Fact[]): readonly string[] {
  const reasons = Map.groupBy(facts, (fact) => reasonNotMet(fact) ?? "");
  reasons.delete("");
  return [...reasons]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([reason, of]) => `${of.length} ${reason}`);
}

function missingLines({ forms, replays }: Measured): readonly string[] {
  return [
    ...missing(forms).map(({ where, reason }) => `missing: ${where}: ${reason}`),
    ...replays.flatMap(({ name, differences }) =>
      differences.map(({ seq, url, what }) => `replay differs: ${name}, request ${seq}, ${url}: ${what}`),
    ),
  ];
}

/** Whether each replay is as recorded, and whatever is missing has a reason. */
export function isConformant({ forms, replays }: Measured): boolean {
  return (
    missing(forms).every(({ reason }) => reason !== noReason) &&
    replays.every(({ differences }) => differences.length === 0)
  );
}

const noReason = "no reason is known";

type Missing = { readonly where: string; readonly reason: string };

export function missing(forms: readonly Comparison[]): readonly Missing[] {
  return forms.flatMap(({ fact, answered, operationHeaders, paths }) => {
    const where = nameOf(fact);
    return [
      ...(answered ? [] : [{ where, reason: noReason }]),
      ...operationHeaders
        .filter(({ matched }) => !matched)
        .map(({ name }) => ({ where: `${where}, header ${name}`, reason: noReason })),
      ...paths
        .filter(({ verdict }) => verdict !== "matched")
        .map(({ path, verdict }) => ({
          where: `${where}, ${path} (${verdict})`,
          reason: reasonFor(fact.operation, fact.kind, path)?.reason ?? noReason,
        })),
    ];
  });
}

function nameOf({ operation, kind, era, status }: Fact): string {
  return [operation, kind, era, String(status)].filter((part) => part !== "").join(", ");
}

/** The whole report, as Markdown. */
export function report(measured: Measured): string {
  const { facts, forms, unrecorded } = measured;
  const operations = perOperation(forms);
  return [
    "# Conformance of the emulator with recorded traffic",
    `${facts.facts.length} facts from ${facts.recordings.length} recordings; ${forms.length} of them a teardown can meet.`,
    totals(measured)
      .map((line) => `- ${line}`)
      .join("\n"),
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
    table(
      [
        "operation",
        "kind",
        "recorded minimum / median / p90 / maximum (n)",
        "here, without a seed: minimum / maximum (n)",
      ],
      timeRows(measured),
    ),
    "## Recorded, but not met by a teardown",
    table(["form", "reason"], notMetRows(facts.facts)),
    "## Not judged: forms of answers that no recording has",
    table(
      ["form", "answers"],
      unrecorded.map((fact) => [nameOf(fact), String(fact.count)]),
    ),
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
      nameOf(fact),
      [...extra, ...extraHeaders.map((name) => `header ${name}`)].join(", "),
    ]);
}

function timeRows({ facts, durations }: Measured): readonly (readonly string[])[] {
  const seconds = (value: number): string => String(Math.round(value * 10) / 10);
  return facts.durations.flatMap(({ operation, kind, by, count, minimum, median, p90, maximum }) => {
    const here = durations.find((other) => other.operation === operation && other.kind === kind && other.by === by);
    if (here === undefined) return [];
    const recorded = [minimum, median, p90, maximum].map(seconds).join(" / ");
    const own = [here.minimum, here.maximum].map(seconds).join(" / ");
    return [[operation, kind, `${recorded} s (${count})`, `${own} s (${here.count})`]];
  });
}

function notMetRows(facts: readonly Fact[]): readonly (readonly string[])[] {
  return facts.flatMap((fact) => {
    const reason = reasonNotMet(fact);
    return reason === undefined ? [] : [[nameOf(fact), reason]];
  });
}

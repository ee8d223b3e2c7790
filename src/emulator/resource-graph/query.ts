// Reads the few forms of a Resource Graph query that ask what deleted vaults held. It must not guess: a stage it does not
// know is an error, because leaving one out would answer too much.
import type { Json, Properties } from "../json.ts";
import { isObject, text } from "../json.ts";
import { sameName } from "../names.ts";

/** A row with all its columns by name. */
export type Row = Properties;

/** `select`: the rows the query gives of those of the table, with the columns it asks for. */
export type Query = {
  readonly select: (rows: readonly Row[]) => readonly Row[];
  /** Documented: without a column that is neither dynamic nor null a result has no further pages. */
  readonly isPageable: boolean;
};

/** `token`: the stage, or the table, that cannot be read. */
export type Unreadable = { readonly token: string };

const table = "recoveryservicesresources";
export const heldItemType =
  "microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems";

const columns: readonly string[] = [
  "id",
  "name",
  "type",
  "tenantId",
  "kind",
  "location",
  "resourceGroup",
  "subscriptionId",
  "managedBy",
  "sku",
  "plan",
  "properties",
  "tags",
  "identity",
  "zones",
  "extendedLocation",
];
const notText: readonly string[] = ["sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"];

const literal = String.raw`("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`;
const stage = new RegExp(String.raw`(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^|"'])+`, "gu");
const ofType = new RegExp(String.raw`^where\s+type\s*(==|=~)\s*${literal}$`, "u");
const withIdPart = new RegExp(String.raw`^where\s+tostring\(\s*id\s*\)\s+contains\s+${literal}$`, "u");
const dataSourceType =
  /^extend\s+dataSourceType\s*=\s*strcat\(\s*properties\.backupManagementType\s*,\s*(?:'\/'|"\/")\s*,\s*properties\.workloadType\s*\)$/u;
const projected = /^project\s+(\w+(?:\s*,\s*\w+)*)$/u;

type Step = {
  readonly apply: (row: Row) => Row | undefined;
  /** The columns after it; without, those before. */
  readonly columns?: readonly string[];
};

/** Stages as recorded clients write them, in any order that Kusto would take. */
export function parseQuery(source: string): Query | Unreadable {
  const [first = "", ...rest] = stagesIn(source) ?? [source];
  if (!sameName(first, table)) return { token: first };
  const steps: Step[] = [];
  let known = columns;
  let isOfType = false;
  for (const written of rest) {
    const step = stepOf(written, known);
    if (step === undefined) return { token: written };
    isOfType ||= ofType.test(written);
    known = step.columns ?? known;
    steps.push(step);
  }
  // the table has other types too, and none of their rows is here
  if (!isOfType) return { token: table };
  return {
    select: (rows) => steps.reduce((left, { apply }) => left.flatMap((row) => apply(row) ?? noRows), rows),
    isPageable: known.some((column) => !notText.includes(column)),
  };
}

const noRows: readonly Row[] = [];

/** Undefined where a quote is left open. */
function stagesIn(source: string): readonly string[] | undefined {
  const stages = source.match(stage) ?? [];
  return stages.join("|") === source ? stages.map((written) => written.trim()) : undefined;
}

function stepOf(written: string, known: readonly string[]): Step | undefined {
  return (
    typeStep(written, known) ?? idStep(written, known) ?? extendStep(written, known) ?? projectStep(written, known)
  );
}

function typeStep(written: string, known: readonly string[]): Step | undefined {
  const [, operator, quoted] = ofType.exec(written) ?? [];
  if (quoted === undefined || !known.includes("type")) return undefined;
  const wanted = unquoted(quoted);
  // none of the rows of other types is here: an empty answer would say that there are none
  if (!sameName(wanted, heldItemType)) return undefined;
  const isMeant = operator === "=~" || wanted === heldItemType;
  return { apply: (row) => (isMeant ? row : undefined) };
}

/** Kusto's `contains` does not regard case. */
function idStep(written: string, known: readonly string[]): Step | undefined {
  const [, quoted] = withIdPart.exec(written) ?? [];
  if (quoted === undefined || !known.includes("id")) return undefined;
  const part = unquoted(quoted).toLowerCase();
  return { apply: (row) => (text(row, "id").toLowerCase().includes(part) ? row : undefined) };
}

function extendStep(written: string, known: readonly string[]): Step | undefined {
  if (!dataSourceType.test(written) || !known.includes("properties")) return undefined;
  return {
    columns: [...known.filter((column) => column !== "dataSourceType"), "dataSourceType"],
    apply: (row) => ({ ...row, dataSourceType: dataSourceTypeOf(row["properties"]) }),
  };
}

function dataSourceTypeOf(properties: Json | undefined): string {
  const of = isObject(properties) ? properties : {};
  return `${text(of, "backupManagementType")}/${text(of, "workloadType")}`;
}

function projectStep(written: string, known: readonly string[]): Step | undefined {
  const names = projected
    .exec(written)?.[1]
    ?.split(",")
    .map((name) => name.trim());
  if (names === undefined || !names.every((name) => known.includes(name))) return undefined;
  return { columns: names, apply: (row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])) };
}

function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/gu, "$1");
}

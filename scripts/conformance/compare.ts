// Holds what the emulator answered against what Azure was recorded to answer, form by form: status, headers, key paths
// and types. It must not decide what is good enough.
import type { Fact } from "./facts.ts";
import { reasonNotMet } from "./met.ts";
import { formKey } from "./observed.ts";
import type { PathFact } from "./shape.ts";
import { pathsOf } from "./shape.ts";

type Verdict = "matched" | "missing" | "sometimes" | "other type";
type PathResult = {
  readonly path: string;
  readonly verdict: Verdict;
  readonly recorded: string;
  readonly answered: string;
};
type HeaderResult = { readonly name: string; readonly matched: boolean; readonly recorded: string };

/** One recorded form, met by a teardown. */
export type Comparison = {
  readonly fact: Fact;
  /** Whether the emulator gave this status for this operation, kind and era at all. */
  readonly answered: boolean;
  readonly operationHeaders: readonly HeaderResult[];
  readonly otherHeaders: readonly HeaderResult[];
  /** Key paths that are always there. */
  readonly paths: readonly PathResult[];
  /** Those below a member that Azure does not always give or fill, and that is absent or empty here. */
  readonly unopened: readonly string[];
  /** Key paths the emulator gave that no recording shows. */
  readonly extra: readonly string[];
  readonly extraHeaders: readonly string[];
};

const operationHeaders: readonly string[] = ["azure-asyncoperation", "location", "retry-after"];

/** Those of the facts whose form is not among the known ones. */
export function formsBeyond(known: readonly Fact[], facts: readonly Fact[]): readonly Fact[] {
  const keys = new Set(known.map(formKey));
  return facts.filter((fact) => !keys.has(formKey(fact)));
}

export function compare(recorded: readonly Fact[], answered: readonly Fact[]): readonly Comparison[] {
  const answers = new Map(answered.map((fact) => [formKey(fact), fact]));
  return recorded
    .filter((fact) => reasonNotMet(fact) === undefined)
    .map((fact) => compareForm(fact, answers.get(formKey(fact))));
}

function compareForm(fact: Fact, answer: Fact | undefined): Comparison {
  const names = [...fact.headers.always, ...Object.keys(fact.headers.sometimes)];
  const given = answer === undefined ? [] : [...answer.headers.always, ...Object.keys(answer.headers.sometimes)];
  const results = names.map((name) => headerResult(name, fact, answer, given));
  const shown = answer === undefined ? new Map<string, PathFact>() : pathsOf(answer.shape);
  const known = pathsOf(fact.shape);
  const always = [...known].filter(([, { always: each }]) => each);
  const [due, unopened] = [true, false].map((is) => always.filter(([path]) => isDue(path, known, shown) === is));
  return {
    fact,
    answered: answer !== undefined && fact.body.split("|").includes(answer.body.split("|")[0] ?? ""),
    operationHeaders: results.filter(({ name }) => operationHeaders.includes(name)),
    otherHeaders: results.filter(({ name }) => !operationHeaders.includes(name)),
    paths: (due ?? []).map(([path, seen]) => pathResult(path, seen, shown.get(path))),
    unopened: (unopened ?? []).map(([path]) => path),
    extra: [...shown.keys()].filter((path) => !known.has(path)),
    extraHeaders: given.filter((name) => !names.includes(name)),
  };
}

/** An operation header matches when its url has a recorded form too. */
function headerResult(name: string, fact: Fact, answer: Fact | undefined, given: readonly string[]): HeaderResult {
  const recorded = Object.keys(fact.headerValues[name] ?? {});
  const told = Object.keys(answer?.headerValues[name] ?? {});
  const valueFits = recorded.length === 0 || told.some((value) => recorded.includes(value));
  return { name, matched: given.includes(name) && valueFits, recorded: recorded.join(" or ") };
}

type Paths = ReadonlyMap<string, PathFact>;

function pathResult(path: string, seen: PathFact, answer: PathFact | undefined): PathResult {
  return {
    path,
    verdict: verdict(seen, answer),
    recorded: seen.types.join("|"),
    answered: answer?.types.join("|") ?? "",
  };
}

/** Whether the emulator shows the member's parent, or Azure always does. */
function isDue(path: string, known: Paths, shown: Paths): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("."))).replace(/\[\]$/u, "");
  if (parent === "") return true;
  const inParent = shown.get(parent);
  // a list that is empty shows no entries, and null no members
  const opened = [...shown.keys()].some((other) => other.startsWith(`${parent}.`) || other.startsWith(`${parent}[].`));
  if (inParent !== undefined && !opened) return inParent.types.some((type) => type === "object");
  return (
    inParent !== undefined ||
    (known.get(parent)?.always === true && known.get(parent)?.types.join() === "object" && isDue(parent, known, shown))
  );
}

function verdict(seen: PathFact, answer: PathFact | undefined): Verdict {
  if (answer === undefined) return "missing";
  if (!answer.always) return "sometimes";
  return answer.types.every((type) => seen.types.includes(type)) ? "matched" : "other type";
}

// The XML of JUnit results, and the only place that writes any: elements and attributes in the order of the schema that
// Jenkins publishes, counted and timed. Whatever a name holds, it stays text.

import { documentText, type DocumentText } from "./document-text.ts";
import { terminalLine } from "./terminal-text.ts";
import { workedMilliseconds, type Stop } from "./work-time.ts";

/** Passed where it neither failed nor was skipped. */
export type Case = {
  readonly name: string;
  /** ISO times. */
  readonly from?: string;
  readonly to?: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly details: readonly string[] };
  readonly skipped?: string;
  readonly output?: readonly string[];
};

export type Suite = {
  readonly name: string;
  readonly cases: readonly Case[];
  /** ISO time, where none of its cases has one. */
  readonly at?: string;
  readonly properties: Readonly<Record<string, string>>;
  /** What is no work of any of its cases. */
  readonly stops?: readonly Stop[];
};

/** `seconds`: how long it worked as a whole, where that is known. */
type Results = { readonly suites: readonly Suite[]; readonly seconds?: number };

export function junitXml({ suites, seconds }: Results): DocumentText {
  const cases = suites.flatMap((suite) => suite.cases);
  const counts = countsOf(cases);
  const time = seconds ?? suites.reduce((sum, suite) => sum + secondsOf(suite.cases, suite.stops), 0);
  return documentText([
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name: "vault-teardown", ...timed(time), ...counts })}>\n`,
    ...suites.flatMap((suite) => suiteXml(suite)),
    "</testsuites>\n",
  ]);
}

function suiteXml(suite: Suite): readonly string[] {
  const { name, cases, properties } = suite;
  const started = cases.flatMap(({ from }) => from ?? []).toSorted()[0] ?? suite.at;
  const about = attributes({
    name,
    ...countsOf(cases),
    skipped: String(cases.filter(({ skipped }) => skipped !== undefined).length),
    ...timed(secondsOf(cases, suite.stops)),
    ...(started === undefined ? {} : { timestamp: timestamp(started) }),
  });
  return [
    `  <testsuite${about}>\n`,
    "    <properties>\n",
    ...Object.entries(properties).map(([key, value]) => `      <property${attributes({ name: key, value })}/>\n`),
    "    </properties>\n",
    ...cases.map((one) => caseXml(one, suite)),
    "  </testsuite>\n",
  ];
}

function caseXml(one: Case, suite: Suite): string {
  const { name, failure, skipped, output = [] } = one;
  const time = timed(secondsOf([one], suite.stops));
  const open = `    <testcase${attributes({ name, classname: `vault-teardown.${suite.name}`, ...time })}`;
  const inside = [
    ...(skipped === undefined ? [] : [`      <skipped${attributes({ message: skipped })}/>\n`]),
    ...(failure === undefined ? [] : [failureXml(failure)]),
    ...(output.length === 0 ? [] : [`      <system-out>${lines(output)}</system-out>\n`]),
  ];
  return inside.length === 0 ? `${open}/>\n` : `${open}>\n${inside.join("")}    </testcase>\n`;
}

function failureXml({ type, message, details }: NonNullable<Case["failure"]>): string {
  return `      <failure${attributes({ type, message })}>${lines(details)}</failure>\n`;
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, string>> {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  return { tests: String(cases.length), failures: String(failures), errors: "0" };
}

/** From the first beginning to the last end: cases run side by side. */
function secondsOf(cases: readonly Case[], stops: readonly Stop[] = []): number {
  const timedCases = cases.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [{ from, to }]));
  const [first, last] = [
    timedCases.map(({ from }) => from).toSorted()[0],
    timedCases
      .map(({ to }) => to)
      .toSorted()
      .at(-1),
  ];
  return first === undefined || last === undefined ? 0 : workedMilliseconds(first, last, stops) / 1000;
}

/** Clocks that were set back, and times that are none, make no result unreadable. */
function timed(seconds: number): { readonly time: string } {
  return { time: (Number.isFinite(seconds) ? Math.max(0, seconds) : 0).toFixed(3) };
}

/** The strictest of the schemas, Ant's, takes neither fractions nor a zone; it is UTC. */
function timestamp(iso: string): string {
  return iso.slice(0, 19);
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join("");
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => escaped(text)).join("\n");
}

/** What XML 1.0 cannot hold is an escape already that people can see. */
function escaped(text: string): string {
  return terminalLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

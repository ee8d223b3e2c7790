// Holds the emulator against the observed facts and prints the shares. It must not change the facts.
import { compare } from "./compare.ts";
import { factsFrom, readFacts } from "./facts.ts";
import { observe } from "./observed.ts";
import { runScenarios } from "./scenarios/all.ts";

const { facts } = readFacts();
const exchanges = await runScenarios();
const results = compare(facts, factsFrom(observe(exchanges), []).facts);
let total = 0;
let matched = 0;
for (const { fact, answered, operationHeaders, paths } of results) {
  const ok = paths.filter(({ verdict }) => verdict === "matched").length;
  total += paths.length;
  matched += ok;
  const bad = paths
    .filter(({ verdict }) => verdict !== "matched")
    .map(
      ({ path, verdict, recorded, answered: a }) =>
        `${path} ${verdict}${verdict === "other type" ? ` ${recorded}<-${a}` : ""}`,
    );
  const heads = operationHeaders.filter(({ matched: m }) => !m).map(({ name, recorded }) => `${name} ${recorded}`);
  if (answered && bad.length === 0 && heads.length === 0) continue;
  process.stdout.write(
    `${answered ? "" : "ABSENT "}${fact.operation} | ${fact.kind} | ${fact.era} | ${fact.status} n=${fact.count}: ${ok}/${paths.length} ${bad.join("; ")} ${heads.length === 0 ? "" : `HEADERS ${heads.join("; ")}`}\n`,
  );
}
process.stdout.write(
  `${matched}/${total} ${((100 * matched) / total).toFixed(1)} % of key paths, ${results.length} forms\n`,
);

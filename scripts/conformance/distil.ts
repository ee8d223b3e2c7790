// Distils a folder of recordings into the document of observed facts.
// It must not write anything but that document.
import { durationsOf } from "./durations.ts";
import { readRecordings } from "./exchange.ts";
import { factsFile, factsFrom, writeFacts } from "./facts.ts";
import { observe } from "./observed.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: distil.ts <folder of recordings>\n");
  process.exitCode = 1;
} else {
  const exchanges = readRecordings(folder);
  const facts = factsFrom(observe(exchanges), durationsOf(exchanges));
  writeFacts(facts);
  process.stdout.write(
    `${exchanges.length} exchanges of ${facts.recordings.length} recordings: ${facts.facts.length} facts, ${facts.durations.length} durations in ${factsFile}\n`,
  );
}

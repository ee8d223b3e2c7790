// Distils a folder of recordings into the observed facts and the sequences that are replayed.
// It must not write anything but those two documents.
import { durationsOf } from "./durations.ts";
import { readRecording, readRecordings } from "./exchange.ts";
import { factsFile, factsFrom, writeFacts } from "./facts.ts";
import { observe } from "./observed.ts";
import { requestFormsOf } from "./request-forms.ts";
import { chosen } from "./sequences/chosen.ts";
import { distilSequence } from "./sequences/distil-sequence.ts";
import { writeSequences } from "./sequences/sequence.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: distil.ts <folder of recordings>\n");
  process.exitCode = 1;
} else {
  const exchanges = readRecordings(folder);
  const facts = factsFrom(observe(exchanges), {
    durations: durationsOf(exchanges),
    requestForms: requestFormsOf(exchanges),
  });
  writeFacts(facts);
  writeSequences(chosen.map((choice) => distilSequence(choice, readRecording(folder, choice.recording))));
  process.stdout.write(
    `${exchanges.length} exchanges of ${facts.recordings.length} recordings: ${facts.facts.length} facts, ${facts.durations.length} durations in ${factsFile}\n`,
  );
}

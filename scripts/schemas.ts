// The JSON Schemas of everything this tool prints as JSON, made from the types it is printed by. Nothing in them is written by
// hand: what a member means is said in the type's own comments.

import { fileURLToPath } from "node:url";
import { createGenerator, type Definition, type Schema } from "ts-json-schema-generator";
import { planFormatVersion } from "../src/model/plan.ts";

type Source = {
  /** The file's name before `.schema.json`. */
  readonly name: string;
  readonly path: string;
  readonly type: string;
  /** Of the document; it rises with a change after which an older reader would go wrong. */
  readonly version: number;
};

/** One line a document. A new one begins here. */
const sources: readonly Source[] = [
  { name: "plan", path: "src/model/plan.ts", type: "Plan", version: planFormatVersion },
  { name: "run", path: "src/reporting/run-document.ts", type: "RunsDocument", version: 1 },
  { name: "event", path: "src/model/event.ts", type: "RecordedEvent", version: 1 },
  { name: "answer", path: "src/reporting/answer.ts", type: "AnswerDocument", version: 1 },
  { name: "deleted-vaults", path: "src/reporting/deleted-text.ts", type: "DeletedVaultsDocument", version: 1 },
  { name: "deleted-contents", path: "src/reporting/deleted-text.ts", type: "DeletedContentsDocument", version: 1 },
  { name: "commands", path: "src/cli/shown-commands.ts", type: "CommandsDocument", version: 1 },
  { name: "explanation", path: "src/reporting/explanation-text.ts", type: "ExplanationDocument", version: 1 },
  { name: "explanations", path: "src/reporting/explanation-text.ts", type: "CatalogueDocument", version: 1 },
  { name: "emulator", path: "src/cli/emulator-command.ts", type: "ServedDocument", version: 1 },
];

/** Members that the types have and that documents of earlier versions of the same format lack, by their definition. */
const lackingInOlderOnes: Readonly<Record<string, readonly string[]>> = { Outcome: ["notShown"] };

export const schemasFolder: URL = new URL("../src/schemas/", import.meta.url);

/** Every schema by the name of its file. Takes seconds: it reads all of the types, once. */
export function madeSchemas(): ReadonlyMap<string, object> {
  const folder = fileURLToPath(new URL("../", import.meta.url));
  const generator = createGenerator({
    path: `${folder}{${[...new Set(sources.map(({ path }) => path))].join(",")}}`,
    tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)),
    jsDoc: "extended",
    additionalProperties: false,
    sortProps: false,
    // The project's own compiler has looked at the types already, and it is a later one.
    skipTypeCheck: true,
  });
  return new Map(
    sources.map(({ name, type, version }) => {
      const id = `urn:azure-vault-teardown:${name}:${version}`;
      return [`${name}.schema.json`, asOneDocument(generator.createSchema(type), type, id)];
    }),
  );
}

/** The wanted type as the document itself, and the types it consists of below it, by their names. */
function asOneDocument({ $schema, definitions = {} }: Schema, type: string, id: string): object {
  const { [type]: root, ...parts } = definitions as Readonly<Record<string, Definition>>;
  if (root === undefined) throw new Error(`${type} was not made: look at its entry in scripts/schemas.ts`);
  const sorted = Object.entries(parts).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const named = sorted.map(([name, part]) => [name, forOlderOnes(name, part)] as const);
  return { $schema, $id: id, title: type, ...root, definitions: Object.fromEntries(named) };
}

function forOlderOnes(name: string, part: Definition): Definition {
  const lacking = lackingInOlderOnes[name];
  if (lacking === undefined) return part;
  return { ...part, required: part.required?.filter((member) => !lacking.includes(member)) ?? [] };
}

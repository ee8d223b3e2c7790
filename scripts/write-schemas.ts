// Writes the JSON Schemas that go with the package, when the types they are made from have changed.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { madeSchemas, schemasFolder } from "./schemas.ts";

rmSync(schemasFolder, { recursive: true, force: true });
mkdirSync(schemasFolder);
for (const [name, schema] of madeSchemas())
  writeFileSync(new URL(name, schemasFolder), `${JSON.stringify(schema, null, 2)}\n`);

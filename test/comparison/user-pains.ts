// The known pains of people who had a vault to delete, in one table.

import type { Pain } from "./pain.ts";
import { painsOfContents } from "./pains-of-contents.ts";
import { painsOfDeletion } from "./pains-of-deletion.ts";
import { painsOfSurroundings } from "./pains-of-surroundings.ts";

export const userPains: readonly Pain[] = [...painsOfDeletion, ...painsOfContents, ...painsOfSurroundings];

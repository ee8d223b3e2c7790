// What can be said of a code that no entry explains: what its beginning tells, and which known ones it resembles.

import { editDistance } from "../model/edit-distance.ts";

export type UnknownCode = {
  readonly code: string;
  /** What its beginning says about who refused; absent where that is no known beginning. */
  readonly family?: string;
  /** Known codes it may be a misspelling or a sister of, nearest first. */
  readonly nearest: readonly string[];
};

/** Inferred from the codes that are known; Microsoft documents no rule. */
const families: readonly (readonly [RegExp, string])[] = [
  [
    /^BMSUserError/i,
    "BMSUserError… comes from the management service of Azure Backup and says that the request does not fit the state of the vault or item: trying again unchanged seldom helps",
  ],
  [/^RSVault/i, "RSVault… comes from the vault itself, not from what is backed up in it"],
  [/^ServiceResource/i, "ServiceResource… is the vault's answer to its own deletion: something still belongs to it"],
  [
    /^(?:UserErrorDpp|Dpp)/i,
    "Dpp… comes from Data Protection, the service behind Backup vaults (Microsoft.DataProtection)",
  ],
  [
    /^UserError/i,
    "UserError… says that somebody on your side can put it right: a setting, a right, or the state of what is backed up",
  ],
  [/^CloudDos/i, "CloudDos… is a limit on the number of operations: only time helps, repeating makes it longer"],
  [/^Cloud\w*Error/i, "Cloud…Error is a failure inside Azure Backup, not yours: it is tried again, then reported"],
  [/^AADSTS\d+/i, "AADSTS… comes from Microsoft Entra ID, while signing in: the number says why"],
  [/^InMage|^Rcm/i, "InMage… comes from Site Recovery of VMware and physical machines"],
  [/^Http\d{3}$/i, "Http… is this tool's word for an answer without a code: the number is its HTTP status"],
  [
    /^\d{4,}$/,
    "a number alone is a code of Site Recovery, of a backup agent, or of a machine's health: its message says which",
  ],
  [/^E[A-Z]{3,}$/, "E… is an error of the operating system or of the network between here and Azure"],
];

const mostNearest = 3;

/** `known`: all codes there are. */
export function unknownCode(code: string, known: readonly string[]): UnknownCode {
  const family = families.find(([beginning]) => beginning.test(code))?.[1];
  return { code, ...(family === undefined ? {} : { family }), nearest: nearestCodes(code, known) };
}

const errorWords =
  /^(?:BMSUserError|UserError|CloudDos|Cloud\w*Error|RSVault\w*Error|ServiceResourceNot|AADSTS\d|Dpp\w*(?:Error|Not|Invalid|Mandatory))/i;

/** Whether a word is an error's code wherever it stands. */
export function looksLikeError(word: string): boolean {
  return errorWords.test(word);
}

function nearestCodes(code: string, known: readonly string[]): readonly string[] {
  const wanted = code.toLowerCase();
  const furthest = Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase(), furthest) }))
    .filter(({ distance }) => distance <= furthest)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, mostNearest)
    .map(({ candidate }) => candidate);
}

/** One that begins with the other is near: codes are pasted in part. */
function distanceOf(one: string, other: string, furthest: number): number {
  const isPart = Math.min(one.length, other.length) >= 6 && (one.startsWith(other) || other.startsWith(one));
  const distance = editDistance(one, other, furthest);
  return isPart ? Math.min(distance, furthest) : distance;
}

// The requests of a plan as commands of the Azure CLI, for reviewers and for doing by hand. It must not run or decide anything.

import type { EquivalentRequest } from "../model/equivalent-request.ts";
import { jsonText } from "../model/json-text.ts";
import type { Plan } from "../model/plan.ts";
import { shellWord } from "../model/shell-word.ts";
import type { Action, Step } from "../model/step.ts";
import { stepMarks } from "./outcome-words.ts";
import { planNames } from "./plan-names.ts";
import { commandLine, terminalLine, terminalLines, type TerminalText } from "./terminal-text.ts";

/**
 * The request as one command line for a POSIX shell. `az rest` takes the token for the management endpoint of the cloud it is
 * set to by itself (documented: --resource is needed for other endpoints only).
 */
export function azRest({ method, url, body, headers = {} }: EquivalentRequest): TerminalText {
  const named = Object.entries(headers).map(([name, value]) => shellWord(`${name}=${value}`));
  const words = [
    `az rest --method ${method.toLowerCase()} --url ${shellWord(url)}`,
    ...(body === undefined ? [] : [`--body ${shellWord(bodyText(body))}`]),
    ...(named.length === 0 ? [] : ["--headers", ...named]),
  ];
  return commandLine(words.join(" "));
}

/** JSON without an apostrophe, which would end a word in every shell; what is unsafe to show stands as JSON's own escape. */
function bodyText(body: object): string {
  return commandLine(jsonText(body)).replaceAll("'", String.raw`\u0027`);
}

/** What a comment may hold as it stands: nothing that would mean anything to a shell. */
const plain = /^[\p{L}\p{N} _.,:/=@%+[\]-]*$/u;

/**
 * A line that says something. zsh takes `#` on its prompt for a command that it does not find, and what follows for its words:
 * a name with a semicolon in it would begin a second one. So what is not plain stands between quotes.
 */
function comment(text: string): TerminalText {
  const line = terminalLine(text);
  return commandLine(`# ${plain.test(line) ? line : shellWord(line)}`);
}

/** The step in comments and commands: what it is, after what, what is sent, and by what it is seen to be done. */
function stepCommands(
  step: Step,
  requests: readonly EquivalentRequest[],
  name: string = step.name,
): readonly TerminalText[] {
  const marks = stepMarks(step);
  const writes = requests.filter(({ part }) => part !== "check");
  const checks = requests.filter(({ part }) => part === "check");
  return [
    comment(`${step.id}  ${step.action} ${name}${marks.length === 0 ? "" : `  [${marks.join(", ")}]`}`),
    ...(step.after.length === 0 ? [] : [comment(`after ${step.after.join(", ")}`)]),
    ...(requests.length === 0 ? [comment("of its name no address can be made: nothing is sent for it")] : []),
    ...writes.flatMap(writeLines),
    ...(checks.length === 0 ? [] : [comment(`done when ${seenAs[step.action]}:`)]),
    ...checks.map(azRest),
  ];
}

/** What is sent only after a refusal is a comment: pasted with the rest, it would be sent in any case. */
function writeLines(request: EquivalentRequest): readonly TerminalText[] {
  const note = request.note === undefined ? [] : [comment(`${request.note}:`)];
  const line = azRest(request);
  return [...note, request.part === "instead" ? commandLine(`# ${line}`) : line];
}

/** All steps of the plan, in an order in which they can be done. `requestsOf`: what each step sends. */
export function commandsText(plan: Plan, requestsOf: (step: Step) => readonly EquivalentRequest[]): TerminalText {
  const names = planNames(plan);
  const steps = plan.steps.map((step) => stepCommands(step, requestsOf(step), names.ofStep(step)));
  return terminalLines([...head(plan).map(comment), ...steps.flatMap((lines) => [terminalLine(""), ...lines])]);
}

const cloudNames: Readonly<Record<string, string>> = {
  public: "AzureCloud",
  usgov: "AzureUSGovernment",
  china: "AzureChinaCloud",
};

function head({ id, vault, blockers }: Plan): readonly string[] {
  const cloud = cloudNames[vault.cloud];
  return [
    `the requests of plan ${id} for the vault ${vault.name}, to be reviewed, or sent by hand step by step`,
    ...(blockers.length === 0 ? [] : ["BLOCKED: the plan has blockers, which must be settled before the first step"]),
    "vault-teardown sends the same, and besides writes down what it is about to send, sends again what may be sent again,",
    "waits until each step is seen to be done, and proves the end. by hand, check each step before those that come after it",
    "for bash, zsh or another POSIX shell with the Azure CLI, signed in with az login",
    ...(cloud === undefined ? [] : [`in the cloud of the vault: az cloud set --name ${cloud}`]),
    "PowerShell hands on the double quotes of a body otherwise: there, put the body into a file and name that with --body",
    "many writes are only accepted: with --debug az shows the headers of the answer, of which Azure-AsyncOperation or",
    "Location is the address to GET until it has ended. a list goes on at its nextLink, where it has one",
  ];
}

const unlisted = "it is no longer listed";
const off = "the setting reads as off";
const maybeSoftDeleted = "it is no longer listed, or is listed as soft-deleted";
const returned = "it is listed, and no longer as soft-deleted";

/** What the reads show when the step is done. */
const seenAs: { readonly [A in Action]: string } = {
  "undelete-vault": "the vault answers",
  "register-container": "it is listed as registered",
  "remove-lock": unlisted,
  "settle-job": "the job is no longer listed, or has ended",
  "disable-immutability": off,
  "disable-soft-delete": off,
  "disable-hybrid-security": off,
  "delete-intent": unlisted,
  "undelete-item": returned,
  "delete-item": maybeSoftDeleted,
  "undelete-instance": returned,
  "delete-instance": maybeSoftDeleted,
  "delete-policy": unlisted,
  "unregister-container": unlisted,
  "unregister-server": unlisted,
  "clean-test-failover": "it is listed without a test failover that waits",
  "delete-recovery-plan": unlisted,
  "disable-replication": unlisted,
  "delete-migration-item": unlisted,
  "remove-container-mapping": unlisted,
  "delete-network-mapping": unlisted,
  "delete-storage-mapping": unlisted,
  "remove-protection-container": unlisted,
  "delete-vcenter": unlisted,
  "remove-provider": unlisted,
  "remove-fabric": unlisted,
  "delete-replication-policy": unlisted,
  "delete-private-endpoint-connection": unlisted,
  "delete-private-endpoint": "the answer is 404",
  recheck: "nothing is listed that has to go before the vault",
  "delete-vault": "the answer is 404",
  "prove-absence":
    "the vault answers 404, its group does not list it, and deleted vaults name it only where it is recoverable",
  "prove-recovery": "the vault answers, and everything that was to return is listed",
  "restore-lock": "it is listed with its level",
};

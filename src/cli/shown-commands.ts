// `--show-commands`: what each step of a plan sends, as commands of the Azure CLI. Asks nothing of Azure, and loads no SDK.

import { equivalentRequests } from "../azure/equivalent-requests.ts";
import { AzureError } from "../model/azure-error.ts";
import type { EquivalentRequest } from "../model/equivalent-request.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import { azRest, commandsText } from "../reporting/az-rest.ts";
import type { TerminalText } from "../reporting/terminal-text.ts";

/**
 * Of all steps: comments and commands, in the order in which they are read and sent, below what has to be known before. It is
 * safe to show as it stands; escaped for a terminal once more, its JSON would say something else.
 */
export function commandsTextOf(plan: Plan): TerminalText {
  return commandsText(plan, (step) => requestsOf(step, plan));
}

/** What the steps of a plan send, as `--show-commands --format json` prints it. */
export type CommandsDocument = {
  readonly formatVersion: 1;
  /** The id of the plan; its document is the same with and without these. */
  readonly plan: string;
  readonly commands: readonly {
    readonly step: string;
    readonly action: string;
    readonly target: string;
    readonly after: readonly string[];
    readonly irreversible: boolean;
    readonly requests: readonly EquivalentRequest[];
    /** Each of the requests as a command, in the same order. */
    readonly shell: readonly string[];
  }[];
};

/** The same for machines. */
export function commandsDocument(plan: Plan): CommandsDocument {
  const commands = plan.steps.map((step) => {
    const { id, action, target, after, irreversible } = step;
    const requests = requestsOf(step, plan);
    return { step: id, action, target, after, irreversible, requests, shell: requests.map(azRest) };
  });
  return { formatVersion: 1, plan: plan.id, commands };
}

/** None for a name of which no address can be made: the step would send nothing either. */
function requestsOf(step: Step, plan: Plan): readonly EquivalentRequest[] {
  try {
    return equivalentRequests(step, plan);
  } catch (error) {
    if (error instanceof AzureError && error.code === "UnusableName") return [];
    throw error;
  }
}

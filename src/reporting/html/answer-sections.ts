// What a page tells where nothing was carried out: why, what blocks, in what the vault differs, and how what went before has ended.

import type { Blocker } from "../../model/blocker.ts";
import type { Difference } from "../../model/difference.ts";
import type { Plan } from "../../model/plan.ts";
import type { Answer } from "../answer.ts";
import { runHeadline } from "../outcome-words.ts";
import type { RunDocument } from "../run-document.ts";
import { markup, type Html } from "./html-text.ts";
import { inTwo, list, section, verdict, blockerCards, noSection, type Section } from "./parts.ts";

export function answerVerdict({ reason, exitCode, before = [] }: Answer): Html {
  const [word, rest] = inTwo(reason);
  return markup`${verdict(exitCode === 0 ? "good" : exitCode === 4 ? "wait" : "bad", word, rest)}
    <p class="lead">${before.length === 0 ? "Nothing was" : "Beside what is told below, nothing was"} carried out; exit code ${exitCode}.</p>`;
}

/** Without those that the plan below has too. */
export function furtherBlockers({ blockers = [] }: Answer, plan: Plan | undefined): Section {
  const known = new Set(plan?.blockers.map(textOf));
  const further = blockers.filter((blocker) => !known.has(textOf(blocker)));
  return section("answer-blockers", "What stands in the way", blockerCards(further), "urgent");
}

function textOf({ code, subject, reason }: Blocker): string {
  return JSON.stringify([code, subject, reason]);
}

export function differencesSection({ differences = [] }: Answer): Section {
  if (differences.length === 0) return noSection;
  return section(
    "differences",
    "In what the vault differs from the plan",
    markup`<div class="scroll" tabindex="0" role="region" aria-label="Differences">
      <table class="times">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">What</th>
            <th scope="col">Was</th>
            <th scope="col">Is</th>
          </tr>
        </thead>
        <tbody>
          ${differences.map(differenceRow)}
        </tbody>
      </table>
    </div>`,
  );
}

function differenceRow({ change, kind, name, was, is, id }: Difference): Html {
  return markup`<tr>
    <td>${change}</td>
    <th scope="row">
      ${name} <span class="kind">${kind}</span>
      <div class="id">${id}</div>
    </th>
    <td>${was}</td>
    <td>${is}</td>
  </tr>`;
}

/** What the run that is not gone on with has taken away. */
export function owedSection({ notPutBack = [] }: Answer): Section {
  return section("open", "Taken away and not put back: do it by hand", list(notPutBack), "urgent");
}

export function beforeSection(before: readonly RunDocument[] = []): Section {
  return section(
    "before",
    "What the same command did before",
    list(before.map((run) => `${runHeadline(run)} (run ${run.run})`)),
  );
}

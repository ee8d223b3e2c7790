// The small pieces that several sections of a page are made of. They say nothing of their own.

import { explainCommand } from "../../explanations/explain-command.ts";
import type { Blocker } from "../../model/blocker.ts";
import { day } from "../words.ts";
import { markup, nothing, type Html } from "./html-text.ts";

export type Heading = { readonly id: string; readonly title: string };

/** A part of the page, and what of it the contents name. */
export type Section = Html & { readonly contents: readonly Heading[] };

export const noSection: Section = { markup: "", contents: [] };

/** Nothing where there is nothing to say. */
export function section(id: string, title: string, content: Html, kind = ""): Section {
  if (content.markup === "") return noSection;
  const told = markup`<section id="${id}" class="${kind}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
  return { ...told, contents: [{ id, title }] };
}

/** Fewer sections are seen at a glance. */
const fewest = 4;

export function contentsOf(headings: readonly Heading[]): Html {
  if (headings.length < fewest) return nothing;
  return markup`<nav id="contents" aria-label="On this page"><ul>
    ${headings.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}
  </ul></nav>`;
}

export function list(texts: readonly string[]): Html {
  return texts.length === 0
    ? nothing
    : markup`<ul>
        ${texts.map((text) => markup`<li>${text}</li>`)}
      </ul>`;
}

/** A line for a shell. */
export function command(line: string): Html {
  return verbatim([line]);
}

/** Lines as they are to be copied. */
export function verbatim(lines: readonly string[]): Html {
  const text = lines.map((line, index) =>
    index === 0
      ? markup`${line}`
      : markup`
${line}`,
  );
  return markup`<pre class="command"><code>${text}</code></pre>`;
}

export type Tone = "good" | "bad" | "wait" | "calm";

/** What a page says first. */
export function verdict(tone: Tone, word: string, sentence: string): Html {
  return markup`<p class="verdict ${tone}"><strong>${word}</strong> ${sentence}</p>`;
}

/** `about: rest`, as the sentences of plans and runs begin. */
export function inTwo(sentence: string): readonly [word: string, rest: string] {
  const at = sentence.indexOf(": ");
  return at === -1 ? ["", sentence] : [sentence.slice(0, at), sentence.slice(at + 2)];
}

/** Where to read what the code means; nothing where nothing is known of it. */
function explainFact(code: string): Html {
  const command = explainCommand(code);
  return command === undefined
    ? nothing
    : markup`<div>
        <dt>explain</dt>
        <dd><code>${command}</code></dd>
      </div>`;
}

export function blockerCards(blockers: readonly Blocker[]): Html {
  if (blockers.length === 0) return nothing;
  return markup`<ol class="cards">
    ${blockers.map(
      ({ code, reason, subject, fix, who, until }) =>
        markup`<li class="card">
          <h3>${reason}</h3>
          <dl class="facts">
            <div>
              <dt>to do</dt>
              <dd>${fix}</dd>
            </div>
            <div>
              <dt>who</dt>
              <dd>${who}${until === undefined ? "" : `, not before ${day(until)}`}</dd>
            </div>
            <div>
              <dt>about</dt>
              <dd class="id">${subject}</dd>
            </div>
            <div>
              <dt>code</dt>
              <dd><code>${code}</code></dd>
            </div>
            ${explainFact(code)}
          </dl>
        </li>`,
    )}
  </ol>`;
}

// Exit codes that more than one file must know. It imports nothing: it is loaded before anything else is.

/** With --detailed-exitcode: the plan has steps and could be applied. */
export const planHasSteps = 2;

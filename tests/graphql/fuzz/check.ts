import fc from 'fast-check';
import { SMALL } from './data/domain';
import { JsonObject, jsonText } from './data/json';
import type { Json } from './data/json';
import type { Document } from './document/ast';
import { Context } from './document/context';
import { drawMutation } from './document/mutation';
import { printDocument, printVariables } from './document/print';
import { drawQuery } from './document/query';
import type { Draw } from './draw';
import { difference, errorDifference, stateDifference } from './match';
import { ExpectedError, Undetermined } from './reference/expected';
import { answerMutation } from './reference/mutate';
import { answerQuery } from './reference/select';
import type { Session } from './session';

/**
 * Draws a query and asks it, twice with other values of its variables when they can change: the second time the server
 * has a plan for its text. Throws when an answer is not the reference's.
 */
export async function checkQuery(session: Session, draw: Draw): Promise<void> {
  const { schema, state } = session;
  const document = drawQuery(new Context(draw, schema, SMALL, state));
  for (const variables of variants(document, draw)) {
    const expected = determined(() => answerQuery(schema, state, document));
    const query = printDocument(document);
    const answer = await session.ask(query, variables, draw.chance(25));
    const data = answer instanceof JsonObject ? answer.get('data') : undefined;
    fail(data === undefined ? 'expected data' : difference(expected, data, 'exact'), query, variables, answer);
  }
}

/** The same for a mutation, with what it leaves behind; the rows are put back. */
export async function checkMutation(session: Session, draw: Draw): Promise<void> {
  const { schema, state, store } = session;
  const document = drawMutation(new Context(draw, schema, SMALL, state));
  for (const variables of variants(document, draw)) {
    const expected = determined(() => orError(() => answerMutation(schema, state, document)));
    const query = printDocument(document);
    const answer = await session.ask(query, variables, false);
    const after = await store.read();
    await store.reset();
    const data = answer instanceof JsonObject ? answer.get('data') : undefined;
    if (expected instanceof ExpectedError) {
      fail(errorDifference(expected, answer) ?? stateDifference(state, after), query, variables, answer);
    } else {
      const found = data === undefined ? 'expected data' : difference(expected.data, data, 'value');
      fail(found ?? stateDifference(expected.state, after), query, variables, answer);
    }
  }
}

/** The texts of the variables' values: those drawn with the document, and others for those that can change. */
function* variants(document: Document, draw: Draw): Generator<string> {
  yield printVariables(document);
  const changing = document.variables.filter(({ redraw }) => redraw);
  if (changing.length === 0 || !draw.chance(40)) return;
  for (const variable of changing) variable.value = variable.redraw?.();
  yield printVariables(document);
}

/** What the contract determines; a run for which it leaves the answer open does not count. */
export function determined<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Undetermined) fc.pre(false);
    throw error;
  }
}

function orError<T>(make: () => T): T | ExpectedError {
  try {
    return make();
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

function fail(found: string | undefined, query: string, variables: string, answer: Json): void {
  if (found !== undefined) throw new Error(`${found}\n\n${query}\n\n${variables}\n\n${jsonText(answer).slice(0, 3000)}`);
}

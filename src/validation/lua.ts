import luaparse from 'luaparse';
import type { Checked } from './checked';
import { invalid, valid } from './checked';
import { placeOf } from './position';

/** Lua as Envoy's LuaJIT reads it; an empty script is fine. The value is the source itself. */
export function checkLua(source: string): Checked<string> {
  try {
    luaparse.parse(source, { luaVersion: 'LuaJIT', comments: false, scope: false });
    return valid(source);
  } catch (error) {
    if (isSyntaxError(error)) return invalid(`${placeOf(source, error.index)}: ${error.message.replace(/^\[\d+:\d+\] /, '')}`);
    // The parser trips over its own message when the very first token cannot be read.
    if (error instanceof TypeError) return invalid(`${placeOf(source, 0)}: not the beginning of a Lua statement`);
    if (error instanceof RangeError) return invalid('the Lua script is nested too deeply to be read');
    throw error;
  }
}

/** What luaparse throws: `index` is the offset of the token that it did not expect. */
function isSyntaxError(error: unknown): error is SyntaxError & { index: number } {
  return error instanceof SyntaxError && 'index' in error && typeof error.index === 'number';
}

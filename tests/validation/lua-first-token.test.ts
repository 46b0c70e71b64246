import { checkLua } from '../../src/validation';

// In a file of its own: the parser trips over such a token only when it has not read any before.
test('a script whose very first token cannot be read is refused like any other', () => {
  expect(checkLua('é"')).toEqual({ ok: false, message: 'line 1, column 1: not the beginning of a Lua statement' });
});

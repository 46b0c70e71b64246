import { createHash } from 'node:crypto';

/**
 * Counts hits on each key in its window of now, in one step: the clock is that of Redis, so that instances need not agree on
 * the time. A window's counter is the key with the window's first second behind it, and is gone after the window.
 *
 * KEYS: what is counted. ARGV: the hits, then the window's length in seconds for each key.
 * Answers Redis' time, in seconds and microseconds, and the total of each window.
 */
export const SCRIPT = `
local time = redis.call('TIME')
local now = tonumber(time[1])
local hits = tonumber(ARGV[1])
local answer = { now, tonumber(time[2]) }
for i, key in ipairs(KEYS) do
  local length = tonumber(ARGV[i + 1])
  local counter = key .. '_' .. string.format('%d', now - now % length)
  local total = redis.call('INCRBY', counter, ARGV[1])
  if total == hits then redis.call('EXPIRE', counter, length + math.min(length, 60)) end
  answer[i + 2] = total
end
return answer
`;

/** Under which EVALSHA finds it. */
export const SCRIPT_HASH = createHash('sha1').update(SCRIPT).digest('hex');

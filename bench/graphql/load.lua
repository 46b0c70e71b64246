-- Sends the body that it is given as JSON, over and over; `CONNECTION` in it stands for one number after the other.
--
--     wrk --threads 1 --connections 20 --duration 4s --script load.lua http://host:port/path -- body
--
-- The last line that it prints is {"requests", "seconds", "failed", "p50", "p99"} (milliseconds) as JSON.

local requests = {}
local current = 0

function init(args)
  local headers = { ['Content-Type'] = 'application/json' }
  for number = 0, 19 do
    local body = args[1]:gsub('CONNECTION', tostring(number))
    requests[number] = wrk.format('POST', nil, headers, body)
  end
end

function request()
  current = (current + 1) % 20
  return requests[current]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local form = '{"requests":%d,"seconds":%.3f,"failed":%d,"p50":%.3f,"p99":%.3f}\n'
  io.write(form:format(summary.requests, summary.duration / 1e6, failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end

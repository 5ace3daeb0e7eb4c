-- wrk: every request enrols another person. Arguments after "--": tokens file, programme, implementation, first line, lines.
-- The tokens file has one token a line; each thread takes its own share of lines [first, first + lines). When a thread has used
-- up its share it stops: the run is then shorter, never wrong. Statuses are not looked at one by one (that would cost the load
-- generator more than the server): "refused" counts all that was not 2xx. Ends with one line of JSON.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  tokens, at = {}, 0
  local programme, implementation, first, lines, shares = args[2], args[3], tonumber(args[4]), tonumber(args[5]), tonumber(args[6])
  local low = first + math.floor(lines * number / shares)
  local high = first + math.floor(lines * (number + 1) / shares)
  local line = 0
  for token in io.lines(args[1]) do
    if line >= low and line < high then tokens[#tokens + 1] = token end
    line = line + 1
    if line >= high then break end
  end
  local body = '{"implementationId":"' .. implementation .. '"}'
  head = "POST /api/programmes/" .. programme .. "/registrations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" ..
         "Content-Length: " .. #body .. "\r\nAuthorization: Bearer "
  key = "\r\nIdempotency-Key: " .. implementation .. "-" .. number .. "-"
  tail = "\r\n\r\n" .. body
  used_up = 0
end

function request()
  at = at + 1
  if at > #tokens then
    used_up = used_up + 1
    at = #tokens
    wrk.thread:stop()
  end
  return head .. tokens[at] .. key .. at .. tail
end

function done(summary, latency, requests)
  io.write(string.format('RESULT {"seconds":%.3f,"answers":%d,"refused":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,"errors":%d}\n',
    summary.duration / 1e6, summary.requests, summary.errors.status, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end

-- wrk: every request submits another draft. Arguments after "--": lines file ("token application-id"), bodies file (one JSON a line), first
-- line, lines. Each thread takes its own share of the lines, and stops when it has used them up: the run is then shorter, never wrong.
-- "refused" counts all that was not 2xx. Ends with one line of JSON.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  rows, bodies, at = {}, {}, 0
  local first, lines, shares = tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
  local low = first + math.floor(lines * number / shares)
  local high = first + math.floor(lines * (number + 1) / shares)
  local line = 0
  for row in io.lines(args[1]) do
    if line >= low and line < high then
      local token, id = row:match("^(%S+) (%S+)$")
      rows[#rows + 1] = {token, id}
    end
    line = line + 1
    if line >= high then break end
  end
  for body in io.lines(args[2]) do
    bodies[#bodies + 1] = "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
end

function request()
  at = at + 1
  if at > #rows then
    at = #rows
    wrk.thread:stop()
  end
  local row = rows[at]
  return "POST /api/applications/" .. row[2] .. ":submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nIf-Match: \"1\"\r\nAuthorization: Bearer " ..
         row[1] .. "\r\nIdempotency-Key: " .. row[2] .. bodies[at % #bodies + 1]
end

function done(summary, latency, requests)
  io.write(string.format('RESULT {"seconds":%.3f,"answers":%d,"refused":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,"errors":%d}\n',
    summary.duration / 1e6, summary.requests, summary.errors.status, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end

-- wrk: plain GETs; ends with the same line of JSON as enrol.lua.
function done(summary, latency, requests)
  io.write(string.format('RESULT {"seconds":%.3f,"answers":%d,"refused":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,"errors":%d}\n',
    summary.duration / 1e6, summary.requests, summary.errors.status, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end

package io.carabiner.evm;

import java.util.List;
import java.util.Map;

/**
 * What one endpoint says about a range in one request.
 *
 * @param logs the events
 * @param heads the headers by number; blocks the endpoint does not have are missing
 */
record RangeAnswer(List<LogEntry> logs, Map<Long, Head> heads) {}

package io.carabiner.rpc;

import java.util.List;
import java.util.regex.Pattern;

/** What an error object of a read means for the next step: pure. */
final class RpcErrors {

    private static final int LIMIT_EXCEEDED = -32005;
    private static final int RESOURCE_UNAVAILABLE = -32002;
    private static final int RESOURCE_NOT_FOUND = -32001;
    private static final int INTERNAL_ERROR = -32603;

    /** Words of providers that refuse a range of logs as too wide or its answer as too long. */
    private static final Pattern TOO_MANY_RESULTS = anyOf(List.of(
            "query returned more than \\d+ results",
            "query returned more than",
            "too many results",
            "more than \\d+ (logs|results|events)",
            "log response size exceeded",
            "response size (should not|exceed|is larger)",
            "response is too (big|large)",
            "block range (is )?(too|exceed|limit|larger|greater|must be)",
            "block range",
            "range is too (large|wide)",
            "range (too|exceeds|over)",
            "requested too many blocks",
            "exceeds? (the )?(max|maximum|limit|range)",
            "exceed maximum block range",
            "limited to (a )?(max|\\d+|\\w+ blocks)",
            "query timeout exceeded",
            "max results",
            "logs matched by query exceeds",
            "eth_getlogs.*(limit|range)",
            "backend response too large"));

    private static final Pattern MISSING_BLOCKS = anyOf(List.of(
            "header not found",
            "unknown block",
            "block not found",
            "missing trie node",
            "one of the blocks specified .* cannot be found",
            "requested block .*not (yet )?available",
            "block .*out of range",
            "blockoutofrange",
            "invalid block range",
            "after last accepted block",
            "cannot query unfinalized data",
            "pruned history"));

    private static final Pattern TROUBLE = anyOf(List.of(
            "rate limit",
            "too many requests",
            "request limit",
            "(daily|monthly) (request )?(count|limit|quota)",
            "capacity exceeded",
            "compute units",
            "service unavailable",
            "bad gateway",
            "gateway time-?out",
            "temporarily unavailable",
            "timed? ?out",
            "context deadline exceeded",
            "no backends? available",
            "internal server error",
            "upstream",
            "initial sync is still in progress"));

    private RpcErrors() {}

    private static Pattern anyOf(List<String> words) {
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }

    /** Whether a smaller range of logs may work. */
    static boolean isTooManyResults(RpcError error) {
        return !isMissingBlock(error)
                && (TOO_MANY_RESULTS.matcher(error.message()).find()
                        || (error.code() == LIMIT_EXCEEDED
                                && !TROUBLE.matcher(error.message()).find()));
    }

    /** Whether the endpoint lacks a block that another one may have. */
    static boolean isMissingBlock(RpcError error) {
        return error.code() == RESOURCE_NOT_FOUND
                || MISSING_BLOCKS.matcher(error.message()).find();
    }

    /** Whether another endpoint, or the same one later, may answer better: the call itself is not at fault. */
    static boolean isEndpointTrouble(RpcError error) {
        return error.code() == RESOURCE_UNAVAILABLE
                || error.code() == LIMIT_EXCEEDED
                || (error.code() == INTERNAL_ERROR && !isRevert(error))
                || isMissingBlock(error)
                || TROUBLE.matcher(error.message()).find();
    }

    private static boolean isRevert(RpcError error) {
        return error.message().contains("revert");
    }
}

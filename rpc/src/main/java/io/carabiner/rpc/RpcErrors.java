package io.carabiner.rpc;

import java.util.List;
import java.util.Optional;
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

    /** A batch that is refused as a whole for its size. */
    private static final Pattern BATCH_TOO_LARGE = anyOf(List.of(
            "batch (size |length |request )?(is )?(too (large|big|long)|exceed|limit)",
            "(too many|maximum (number of )?) ?(calls|requests|items|elements|rpc calls) (in|per) (a |the )?batch",
            "max(imum)? batch",
            "exceeds? (the )?batch",
            "batch(es| requests?)? (are |is )?not (supported|allowed)"));

    /** Without an operator's own expressions. */
    static final RpcErrors BUILT_IN = new RpcErrors(Optional.empty(), Optional.empty());

    private final Optional<Pattern> operatorsTooMany;
    private final Optional<Pattern> operatorsMissing;

    /**
     * A reader.
     *
     * @param tooManyResults {@code NodePool.Errors.TooManyResults}: a regular expression, found anywhere
     * @param missingBlocks {@code NodePool.Errors.MissingBlocks}
     */
    RpcErrors(Optional<String> tooManyResults, Optional<String> missingBlocks) {
        this.operatorsTooMany = tooManyResults.map(Pattern::compile);
        this.operatorsMissing = missingBlocks.map(Pattern::compile);
    }

    private static Pattern anyOf(List<String> words) {
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }

    /** What an error object means; the operator's expressions first. */
    RpcErrorKind kind(long code, String message) {
        if (found(operatorsTooMany, message)) {
            return RpcErrorKind.TOO_MANY_RESULTS;
        }
        if (found(operatorsMissing, message) || isMissingBlock(code, message)) {
            return RpcErrorKind.MISSING_BLOCK;
        }
        if (isTooManyResults(code, message)) {
            return RpcErrorKind.TOO_MANY_RESULTS;
        }
        return isTrouble(code, message) ? RpcErrorKind.ENDPOINT_TROUBLE : RpcErrorKind.CALL;
    }

    private static boolean found(Optional<Pattern> pattern, String message) {
        return pattern.isPresent() && pattern.get().matcher(message).find();
    }

    private static boolean isTooManyResults(long code, String message) {
        return TOO_MANY_RESULTS.matcher(message).find()
                || (code == LIMIT_EXCEEDED && !TROUBLE.matcher(message).find());
    }

    private static boolean isMissingBlock(long code, String message) {
        return code == RESOURCE_NOT_FOUND || MISSING_BLOCKS.matcher(message).find();
    }

    private static boolean isTrouble(long code, String message) {
        return code == RESOURCE_UNAVAILABLE
                || code == LIMIT_EXCEEDED
                || (code == INTERNAL_ERROR && !message.contains("revert"))
                || TROUBLE.matcher(message).find();
    }

    /** Whether fewer calls in one request may work. */
    static boolean isBatchTooLarge(RpcError error) {
        return BATCH_TOO_LARGE.matcher(error.message()).find();
    }
}

package io.carabiner.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * When an endpoint's chain id must be asked again before its answers are believed: pure. Behind a URL there may be
 * another server than a minute ago, and an answer of another chain looks like one of ours.
 */
final class ChainDoubt {

    /** A check is good for so long. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** The chain id is asked this often even if nothing speaks against an endpoint. */
    static final Duration REGULAR = Duration.ofHours(1);

    /** Answers that decide on money; the chain id is asked with them, in the same request. */
    private static final Set<String> MONEY =
            Set.of("eth_getTransactionCount", "eth_getTransactionReceipt", "eth_getBlockReceipts");

    private ChainDoubt() {}

    /** Whether the chain id goes along with a request. */
    static boolean with(List<RpcCall> calls, Duration sinceCheck) {
        return sinceCheck.compareTo(REGULAR) >= 0
                || (isOld(sinceCheck) && calls.stream().anyMatch(call -> MONEY.contains(call.method())));
    }

    /**
     * Whether the chain id is asked after an answer, before it is given to anybody.
     *
     * @param newConnection it came over a connection on which the chain id was not asked yet
     * @param leap it says a height that the chain can hardly have
     */
    static boolean after(
            List<RpcCall> calls, List<RpcReply> replies, Duration sinceCheck, boolean newConnection, boolean leap) {
        return newConnection || (isOld(sinceCheck) && (leap || bringsEvents(calls, replies)));
    }

    private static boolean isOld(Duration sinceCheck) {
        return sinceCheck.compareTo(FRESH) > 0;
    }

    private static boolean bringsEvents(List<RpcCall> calls, List<RpcReply> replies) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).method().equals("eth_getLogs")
                    && replies.get(i) instanceof RpcReply.Result result
                    && !result.value().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}

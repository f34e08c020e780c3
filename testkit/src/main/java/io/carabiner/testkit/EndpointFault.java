package io.carabiner.testkit;

import java.util.Optional;

/**
 * One thing that goes wrong at a JSON-RPC endpoint. What a fault does not concern it leaves as it is: a stale head
 * changes nothing of a {@code net_version}.
 */
public sealed interface EndpointFault {

    /** The endpoint does the work, and what it says of it is false. */
    sealed interface Falsehood extends EndpointFault {}

    /** The endpoint never hears of the request; another answer is given in its place. */
    sealed interface Refusal extends EndpointFault {}

    /** What is wrong is not the message but how it comes, or that it does not. */
    sealed interface WireFault extends EndpointFault {}

    /**
     * Nothing later than a block is known: as head, by number, in events, receipts and nonces. New heads above it are
     * swallowed.
     */
    record StaleHead(long block) implements Falsehood {}

    /** Each block has another hash, consistently in blocks, events, receipts and heads: the endpoint is on a fork. */
    record OtherFork() implements Falsehood {}

    /** There is no receipt. */
    record MissingReceipt() implements Falsehood {}

    /**
     * Every n-th event of an answer is left out.
     *
     * @param each at least 1; 1 leaves all out
     */
    record LogsLeftOut(int each) implements Falsehood {
        public LogsLeftOut {
            if (each < 1) {
                throw new IllegalArgumentException("every 0th event cannot be left out");
            }
        }
    }

    /** Each event comes twice in the answer. */
    record LogsTwice() implements Falsehood {}

    /** An event of a contract that nobody asked for stands before the others. */
    record LogsOfOthers() implements Falsehood {}

    /** {@code eth_chainId} and {@code net_version} name another chain. */
    record OtherChain(long chainId) implements Falsehood {}

    /** Gas prices and base fees are so many times what they are. */
    record GasSpike(int factor) implements Falsehood {}

    /** Blocks tell a time so far from theirs; may be negative. */
    record SkewedClock(long seconds) implements Falsehood {}

    /** The result is {@code null}. */
    record NullAnswer() implements Falsehood {}

    /** The answer carries the id of another request. */
    record WrongId() implements Falsehood {}

    /** The endpoint did what it was asked for, and says that it failed. */
    record DoneWithError(int code, String message) implements Falsehood {}

    /** A JSON-RPC error in the words of some client, such as "nonce too low"; nothing is done. */
    record ErrorText(int code, String message) implements Refusal {}

    /**
     * HTTP status 429; over WebSocket a JSON-RPC error.
     *
     * @param retryAfterSeconds the header {@code Retry-After}
     */
    record TooManyRequests(Optional<Integer> retryAfterSeconds) implements Refusal {}

    /** Something that is no JSON-RPC, as a proxy before the endpoint says it. Over WebSocket the body alone. */
    record NotJson(int status, String contentType, String body) implements Refusal {
        /** The page of a gateway that cannot reach what is behind it. */
        public static NotJson badGateway() {
            return new NotJson(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>");
        }

        /** A page with status 200. */
        public static NotJson htmlWithStatusOk() {
            return new NotJson(200, "text/html", "<!DOCTYPE html><title>Please log in</title>");
        }
    }

    /** A transaction is answered with its right hash and given to nobody. */
    record DroppedTransaction() implements Refusal {}

    /** The request is swallowed; no answer ever comes, the connection stays open. */
    record Hang() implements WireFault {}

    /** The answer stops in its middle, the connection stays open. */
    record HangMidBody() implements WireFault {}

    /** The endpoint does the work; the connection is reset before its answer. */
    record ResetAfterSend() implements WireFault {}

    /** The result is a text of so many bytes. */
    record HugeAnswer(int bytes) implements WireFault {}

    /** The answer comes this slowly. */
    record SlowDrip(int bytesPerSecond) implements WireFault {}

    /** An answer or notification over WebSocket is not passed on. */
    record Swallowed() implements WireFault {}

    /** An answer or notification over WebSocket is passed on twice. */
    record Twice() implements WireFault {}

    /** A notification is held back and passed on behind the one after it. */
    record OutOfOrder() implements WireFault {}

    /** The WebSocket connection passes nothing on any more, in neither direction, and stays open. */
    record HalfOpen() implements WireFault {}

    /**
     * While the script is played, nothing is passed on, of any connection; all stay open, and new ones are taken. What
     * came in the meantime is gone when it is over.
     */
    record Silence() implements WireFault {}
}

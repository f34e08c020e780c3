package io.carabiner.rpc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for connections that do not work. */
final class ConnectFaults {

    private static final int CAUSES_MAX = 10;

    private ConnectFaults() {}

    static RpcException timeout(EndpointUrl url, Duration waited) {
        return url.fault(RpcFault.TIMEOUT, "no answer within " + waited.toMillis() + " ms; the node tries again");
    }

    static RpcException explain(EndpointUrl url, RpcLimits limits, Throwable thrown) {
        if (thrown instanceof RpcException known) {
            return known;
        }
        if (has(thrown, UnresolvedAddressException.class) || has(thrown, UnknownHostException.class)) {
            return unknownHost(url, thrown);
        }
        if (has(thrown, SSLException.class)) {
            return url.fault(RpcFault.UNREACHABLE, tls(url, thrown), thrown);
        }
        if (has(thrown, HttpConnectTimeoutException.class)) {
            return url.fault(
                    RpcFault.UNREACHABLE,
                    "no connection within " + limits.connectTimeout().toMillis()
                            + " ms: check host, port and firewall for " + url.key(),
                    thrown);
        }
        if (has(thrown, HttpTimeoutException.class)) {
            return timeout(url, limits.queryTimeout());
        }
        if (has(thrown, ConnectException.class)) {
            return url.fault(
                    RpcFault.UNREACHABLE,
                    "connection refused: check that the endpoint runs and that " + url.key()
                            + " has the right host and port",
                    thrown);
        }
        return other(url, limits, thrown);
    }

    static RpcException unknownHost(EndpointUrl url, Throwable thrown) {
        return url.fault(
                RpcFault.UNREACHABLE, "host " + url.host() + " not found: check the host name in " + url.key(), thrown);
    }

    private static RpcException other(EndpointUrl url, RpcLimits limits, Throwable thrown) {
        @Nullable WebSocketHandshakeException handshake = find(thrown, WebSocketHandshakeException.class);
        if (handshake != null) {
            return handshake(url, handshake);
        }
        if (message(thrown).contains("exceeds capacity") || message(thrown).contains("body exceeds")) {
            return tooLarge(url, limits.answerMaxBytes());
        }
        return url.fault(
                RpcFault.UNREACHABLE, "the connection broke (" + message(thrown) + "); the node tries again", thrown);
    }

    static RpcException tooLarge(EndpointUrl url, int maxBytes) {
        return url.fault(
                RpcFault.TOO_LARGE, "the answer is larger than " + maxBytes + " bytes, the most that is taken");
    }

    private static RpcException handshake(EndpointUrl url, WebSocketHandshakeException handshake) {
        int status =
                handshake.getResponse() == null ? 0 : handshake.getResponse().statusCode();
        if (status == 401 || status == 403 || status == 429 || status / 100 == 5) {
            return AnswerFaults.status(url, status);
        }
        return url.fault(
                RpcFault.HTTP_STATUS,
                "the WebSocket handshake was answered with HTTP status " + status + ": check that " + url.key()
                        + " is a WebSocket address",
                handshake);
    }

    private static String tls(EndpointUrl url, Throwable thrown) {
        String message = message(thrown).toLowerCase(Locale.ROOT);
        if (message.contains("unsupported or unrecognized ssl message") || message.contains("plaintext")) {
            return "the port does not speak TLS: check whether " + url.key() + " should start with "
                    + (url.uri().getScheme().startsWith("ws") ? "ws://" : "http://");
        }
        return "the TLS handshake failed (" + message(thrown) + "): check the host name in " + url.key()
                + " and the certificate";
    }

    /** The innermost words; the outer ones are often null or a class name. */
    private static String message(Throwable thrown) {
        String words = thrown.getClass().getSimpleName();
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            @Nullable String message = cause.getMessage();
            if (message != null && !message.isBlank() && cause instanceof IOException) {
                words = message;
            }
            cause = cause.getCause();
        }
        return words;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return find(thrown, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}

package io.carabiner.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/** Words for answers that are no JSON-RPC. The answers themselves are not quoted: they may repeat the URL. */
final class AnswerFaults {

    private static final int LOOK_AT_CHARS = 200;

    private AnswerFaults() {}

    static RpcException status(EndpointUrl url, int status) {
        return url.fault(RpcFault.HTTP_STATUS, "HTTP status " + status + ": " + advice(url.key(), status));
    }

    private static String advice(String key, int status) {
        if (status == 401 || status == 403) {
            return "the endpoint refuses the key: check user, password or key in " + key;
        }
        if (status == 404 || status == 405 || status / 100 == 3) {
            return "nothing speaks JSON-RPC at this path: check " + key;
        }
        if (status / 100 == 5) {
            return "the endpoint is in trouble; the node tries again";
        }
        return "the endpoint refuses the request: check " + key;
    }

    static RpcException notJsonRpc(EndpointUrl url, byte[] body, OptionalLong announcedBytes) {
        return url.fault(
                RpcFault.NOT_JSON_RPC,
                what(body, announcedBytes) + ": check that " + url.key() + " is the address of a JSON-RPC endpoint");
    }

    private static String what(byte[] body, OptionalLong announcedBytes) {
        String start = new String(body, 0, Math.min(body.length, LOOK_AT_CHARS), StandardCharsets.UTF_8)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (start.isEmpty()) {
            return "the answer is empty";
        }
        if (start.startsWith("<")) {
            return "the answer is a web page, not JSON-RPC";
        }
        if ((start.startsWith("{") || start.startsWith("["))
                && JsonRpcCodec.parse(body).isEmpty()) {
            return "the answer is cut off after " + body.length + " bytes";
        }
        return "the answer of " + announcedBytes.orElse(body.length) + " bytes is not JSON-RPC";
    }
}

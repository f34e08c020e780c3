package io.carabiner.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A request as it came in, before anything was decided.
 *
 * @param path as it was written, without the query
 * @param segments the path split at its slashes, decoded; the first is empty
 * @param query as it was written
 * @param headers by lower-case name, the first of each
 * @param contentLength -1 if unknown
 */
record Request(
        String method,
        String path,
        List<String> segments,
        String query,
        Map<String, List<String>> queries,
        Map<String, String> headers,
        String clientAddress,
        long contentLength,
        InputStream body) {

    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /**
     * Reads the body.
     *
     * @throws WebException 413 when it has more bytes than the limit
     */
    byte[] readBody(long limitBytes) throws IOException {
        byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, limitBytes + 1));
        if (bytes.length > limitBytes) {
            throw WebException.refused(413, "request too large");
        }
        return bytes;
    }
}
